package dev.nexo.pairing.companion;

/** The answer to a token that was presented to get a session token. */
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
