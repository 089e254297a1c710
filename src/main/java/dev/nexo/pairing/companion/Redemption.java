package dev.nexo.pairing.companion;

/** The result of exchanging a token for a session token. */
public sealed interface Redemption {

  /**
   * A session token was created.
   *
   * @param token the token, which is not stored and cannot be returned again
   * @param session the session of the token
   */
  record Opened(SessionToken token, PairingSession session) implements Redemption {}

  /** The token was refused. The reason is in the log and the metrics only. */
  record Refused() implements Redemption {}
}
