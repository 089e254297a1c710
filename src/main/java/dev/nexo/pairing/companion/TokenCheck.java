package dev.nexo.pairing.companion;

/** The result of verifying a bootstrap token. */
public sealed interface TokenCheck {

  /** The token was signed by a valid key and has not expired. It may have been redeemed. */
  record Valid(VerifiedClaims claims) implements TokenCheck {}

  /**
   * The token was refused.
   *
   * @param fault the first fault, in the order signature, claims, expiry
   * @param claims the claims if the token has expired, so that its nonce can be searched for;
   *     otherwise null, because the claims cannot be trusted
   */
  record Refused(TokenRejection fault, VerifiedClaims claims) implements TokenCheck {

    /**
     * Creates a refusal.
     *
     * @throws IllegalArgumentException if there are claims although the fault is not {@link
     *     TokenRejection#EXPIRED}, or the other way round
     */
    public Refused {
      if ((fault == TokenRejection.EXPIRED) != (claims != null)) {
        throw new IllegalArgumentException("Claims go with an expired token, and with no other");
      }
    }

    /**
     * Creates a refusal without claims.
     *
     * @throws IllegalArgumentException if the fault is {@link TokenRejection#EXPIRED}
     */
    public Refused(TokenRejection fault) {
      this(fault, null);
    }
  }
}
