package dev.nexo.pairing.session;

import dev.nexo.pairing.DeviceProof;
import dev.nexo.pairing.RedemptionResult;
import dev.nexo.pairing.TokenCheck;
import dev.nexo.pairing.TokenFault;
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
record Attempt(TokenCheck check, Optional<SpentToken> spent, DeviceProof proof, boolean proven) {

  /** Why it is refused, or empty where it is worth a transaction, which has the last word. */
  Optional<RedemptionResult> fault(Instant now) {
    if (check instanceof TokenCheck.Refused refused) {
      return Optional.of(result(refused.fault()));
    }
    if (spent.isPresent() && !canRepeat(spent.get(), now)) {
      return Optional.of(spent.get().refusal());
    }
    return proof == null || proven ? Optional.empty() : Optional.of(RedemptionResult.BAD_PROOF);
  }

  /** Whether it is the same device, whose answer was lost. */
  boolean canRepeat(SpentToken spent, Instant now) {
    return proof != null && proven && spent.repeatableWith(proof.key(), now);
  }

  private static RedemptionResult result(TokenFault fault) {
    return switch (fault) {
      case MALFORMED -> RedemptionResult.MALFORMED;
      case INVALID_SIGNATURE -> RedemptionResult.INVALID_SIGNATURE;
      case EXPIRED -> RedemptionResult.EXPIRED;
    };
  }
}
