package dev.nexo.pairing.companion;

/** What came of presenting a token to get a session token for it. */
public sealed interface Redemption {

  /**
   * A session token was made.
   *
   * @param token the token, which nobody can be told again
   * @param session what it opens
   */
  record Opened(SessionToken token, PairingSession session) implements Redemption {}

  /** Refused. Why, the log and the metric know; there is nothing here that could tell the peer. */
  record Refused() implements Redemption {}
}
