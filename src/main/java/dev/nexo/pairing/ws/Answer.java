package dev.nexo.pairing.ws;

import dev.nexo.pairing.PairingSession;

/** What the handshake wants done after a step. */
sealed interface Answer {

  /** Nothing. */
  Answer NOTHING = new Nothing();

  /** Nothing at all. */
  record Nothing() implements Answer {}

  /** Send the challenge and wait for the signature. */
  record Ask(String frame) implements Answer {}

  /** End the connection. */
  record End(Closing closing) implements Answer {}

  /**
   * Send the session token and stay connected.
   *
   * @param frame bears the session token
   * @param session what it opens
   */
  record Keep(String frame, PairingSession session) implements Answer {

    /** Leaves the frame out: it bears a token. */
    @Override
    public String toString() {
      return "Keep[session=" + session + "]";
    }
  }
}
