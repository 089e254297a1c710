package dev.nexo.pairing;

/** What came of verifying a bootstrap token. */
public sealed interface TokenCheck {

  /** Signed by a key that counts, and not expired. Whether it is spent, only redeeming tells. */
  record Valid(VerifiedClaims claims) implements TokenCheck {}

  /** Refused; the first fault found, in the order signature, claims, expiry. */
  record Refused(TokenFault fault) implements TokenCheck {}
}
