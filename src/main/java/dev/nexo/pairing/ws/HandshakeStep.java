package dev.nexo.pairing.ws;

import dev.nexo.pairing.companion.PairingSession;

/** What the connection must do after a step of the handshake. */
sealed interface HandshakeStep {

  /** The only instance of {@link Nothing}. */
  HandshakeStep NOTHING = new Nothing();

  /** Do nothing. */
  record Nothing() implements HandshakeStep {}

  /** Send the challenge and wait for the signature. */
  record SendChallenge(String frame) implements HandshakeStep {}

  /** Send the last frames and close the connection. */
  record Close(CloseFrame closing) implements HandshakeStep {}

  /**
   * Send the session token and keep the connection open.
   *
   * @param frame contains the session token
   * @param session the session that the token belongs to
   */
  record KeepOpen(String frame, PairingSession session) implements HandshakeStep {

    /** Omits the frame, because it contains a token. */
    @Override
    public String toString() {
      return "KeepOpen[session=" + session + "]";
    }
  }
}
