package dev.nexo.pairing.session;

import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.companion.RedemptionResult;
import java.time.Duration;
import java.time.Instant;

/**
 * What became of a bootstrap token's nonce.
 *
 * @param sessionId the session it was spent on, live or not, or null where it was cancelled
 * @param at when
 * @param deviceKey the key to which that session is bound, or null where the session is over or
 *     bound to none
 */
record SpentToken(String sessionId, Instant at, String deviceKey) {

  /** How long a lost answer can be asked for again (contract, section 8). */
  private static final Duration REPEATABLE = Duration.ofSeconds(30);

  /**
   * Whether some key could still get an answer for it. Where the clock stands before the spending
   * it was set back, and nobody knows how long ago that was: no.
   */
  boolean repeatable(Instant now) {
    return deviceKey != null && !now.isBefore(at) && now.isBefore(at.plus(REPEATABLE));
  }

  /**
   * Whether this key could. Whether it is there to sign a {@link DeviceChallenge} is another
   * matter.
   */
  boolean repeatableWith(DeviceKey key, Instant now) {
    return repeatable(now) && deviceKey.equals(key.value());
  }

  /** How the token is refused. */
  RedemptionResult refusal() {
    return sessionId == null ? RedemptionResult.CANCELLED : RedemptionResult.SPENT;
  }
}
