package dev.nexo.pairing.http.request;

import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Locks addresses after too many failed attempts to guess passwords, tokens or codes ({@code
 * http-api.md#failed-attempts}). Thread-safe.
 */
@Component
public final class CallerLimiter {

  private final AttemptLimiter limiter;
  private final TrustedProxies proxies;

  @Inject
  public CallerLimiter(AttemptLimiter limiter, TrustedProxies proxies) {
    this.limiter = limiter;
    this.proxies = proxies;
  }

  /** Returns the caller's IP address, as a literal, behind trusted proxies. */
  public String address(HttpServletRequest request) {
    return proxies.address(request.getRemoteAddr(), request::getHeaders);
  }

  /**
   * Rejects a request from an address that is locked.
   *
   * @throws ProblemException 429 with {@code Retry-After} in whole seconds, rounded up
   */
  public void refuseWhileLocked(HttpServletRequest request) {
    Duration left = limiter.lockedFor(address(request));
    if (!left.isZero() && !left.isNegative()) {
      throw new ProblemException(locked(left));
    }
  }

  /**
   * Checks a secret as one attempt of the caller's address.
   *
   * @param check checks the secret
   * @param isFailure whether its result is a failed attempt
   * @return the result
   * @throws ProblemException 429 if the address is locked, or too many of its attempts are being
   *     checked
   */
  public <T> T attempt(HttpServletRequest request, Supplier<T> check, Predicate<T> isFailure) {
    String address = address(request);
    try (AttemptLimiter.Attempt attempt =
        limiter
            .reserve(address)
            .orElseThrow(() -> new ProblemException(locked(limiter.lockedFor(address))))) {
      T result = check.get();
      if (isFailure.test(result)) {
        limiter.failed(address);
      }
      return result;
    }
  }

  private static Problem locked(Duration left) {
    String seconds = Long.toString(Math.max(1, left.plusMillis(999).toSeconds()));
    return Problem.of(
            ProblemType.TOO_MANY_ATTEMPTS,
            "Try again in " + seconds + " s. Until then even valid credentials are rejected.")
        .withHeader("Retry-After", seconds);
  }
}
