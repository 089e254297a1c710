package dev.nexo.pairing.ws;

import dev.nexo.pairing.companion.PairingSession;

/** What the handshake wants done after a step. */
sealed interface HandshakeStep {

  /** Nothing. */
  HandshakeStep NOTHING = new Nothing();

  /** Nothing at all. */
  record Nothing() implements HandshakeStep {}

  /** Send the challenge and wait for the signature. */
  record Ask(String frame) implements HandshakeStep {}

  /** End the connection. */
  record End(CloseFrame closing) implements HandshakeStep {}

  /**
   * Send the session token and stay connected.
   *
   * @param frame bears the session token
   * @param session what it opens
   */
  record Keep(String frame, PairingSession session) implements HandshakeStep {

    /** Leaves the frame out: it bears a token. */
    @Override
    public String toString() {
      return "Keep[session=" + session + "]";
    }
  }
}
