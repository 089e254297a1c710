package dev.nexo.pairing.companion;

/** What came of verifying a bootstrap token. */
public sealed interface TokenCheck {

  /** Signed by a key that counts, and not expired. Whether it is spent, only redeeming tells. */
  record Valid(VerifiedClaims claims) implements TokenCheck {}

  /**
   * Refused; the first fault found, in the order signature, claims, expiry.
   *
   * @param fault what is wrong
   * @param claims what the token says where it is genuine and only expired, so that its nonce can
   *     be looked up; null with every other fault: then nothing it says can be trusted
   */
  record Refused(TokenRejection fault, VerifiedClaims claims) implements TokenCheck {

    /**
     * Holds the claims to the fault.
     *
     * @throws IllegalArgumentException where a token that expired comes without claims, or another
     *     one with them
     */
    public Refused {
      if ((fault == TokenRejection.EXPIRED) != (claims != null)) {
        throw new IllegalArgumentException("Claims go with an expired token, and with no other");
      }
    }

    /**
     * For a token of which nothing can be trusted.
     *
     * @throws IllegalArgumentException where it has expired: that is known from its claims
     */
    public Refused(TokenRejection fault) {
      this(fault, null);
    }
  }
}
