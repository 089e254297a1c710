package dev.nexo.pairing.session;

import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.companion.TokenRejection;
import dev.nexo.pairing.companion.VerifiedClaims;
import java.time.Instant;
import java.util.Optional;

/**
 * All that was found out about an attempt to redeem a bootstrap token, before anything is decided.
 *
 * @param check what its signature and its claims are worth
 * @param spent what had become of it, or empty where nothing had
 * @param proof of the device key, or null
 * @param proven whether the proof holds, where there is one
 */
record RedemptionAttempt(
    TokenCheck check, Optional<SpentToken> spent, DeviceProof proof, boolean proven) {

  /** What a token says that a key that counts has signed, expired or not. */
  static Optional<VerifiedClaims> claims(TokenCheck check) {
    return check instanceof TokenCheck.Refused refused
        ? Optional.ofNullable(refused.claims())
        : Optional.of(((TokenCheck.Valid) check).claims());
  }

  /** What the token says, where that can be trusted. */
  Optional<VerifiedClaims> claims() {
    return claims(check);
  }

  /**
   * Why it is refused, or empty where it is worth a transaction, which has the last word. What
   * became of a genuine token counts before its expiry: an answer may be lost in its last second,
   * and whoever has photographed it is likely to come late.
   */
  Optional<RedemptionResult> fault(Instant now) {
    if (claims().isPresent() && spent.isPresent()) {
      return canRepeat(spent.get(), now) ? Optional.empty() : Optional.of(spent.get().refusal());
    }
    if (check instanceof TokenCheck.Refused refused) {
      return Optional.of(result(refused.fault()));
    }
    return proof == null || proven ? Optional.empty() : Optional.of(RedemptionResult.BAD_PROOF);
  }

  /** Whether it is the same device, whose answer was lost. */
  boolean canRepeat(SpentToken spent, Instant now) {
    return claims().isPresent()
        && proof != null
        && proven
        && spent.repeatableWith(proof.key(), now);
  }

  /** Whether some proof could still get an answer for the token, the first one or another. */
  boolean answerable(Instant now) {
    return claims().isPresent()
        && spent.map(s -> s.repeatable(now)).orElse(check instanceof TokenCheck.Valid);
  }

  private static RedemptionResult result(TokenRejection fault) {
    return switch (fault) {
      case MALFORMED -> RedemptionResult.MALFORMED;
      case INVALID_SIGNATURE -> RedemptionResult.INVALID_SIGNATURE;
      case EXPIRED -> RedemptionResult.EXPIRED;
    };
  }
}
