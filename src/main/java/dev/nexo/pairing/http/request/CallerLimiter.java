package dev.nexo.pairing.http.request;

import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Locks logins after too many failed attempts to guess their password or token ({@code
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

  /** What a check of a secret has shown. */
  public enum Outcome {
    /** The secret is right. */
    RIGHT,
    /** The secret is wrong: somebody may be guessing. */
    WRONG,
    /** The secret was right once, and has ended. Nobody guesses. */
    ENDED
  }

  /**
   * Checks a secret as one attempt of a login.
   *
   * @param login whose secret it is
   * @param check checks the secret
   * @param judge what the result of the check shows
   * @return the result
   * @throws ProblemException 429 if the login is locked for the address or called locked ({@link
   *     AttemptLimiter#failed}), or too many of its attempts are being checked; with {@code
   *     Retry-After} in whole seconds, rounded up
   */
  public <T> T attempt(LoginKey login, Supplier<T> check, Function<T, Outcome> judge) {
    try (AttemptLimiter.Attempt attempt =
        limiter
            .reserve(login)
            .orElseThrow(() -> new ProblemException(locked(limiter.lockedFor(login))))) {
      T result = check.get();
      Duration left =
          switch (judge.apply(result)) {
            case RIGHT -> {
              limiter.succeeded(login);
              yield Duration.ZERO;
            }
            case WRONG -> limiter.failed(login);
            case ENDED -> limiter.ended(login);
          };
      if (!left.isZero()) {
        throw new ProblemException(locked(left));
      }
      return result;
    }
  }

  /** Records a secret that was issued to the caller, so that others' failures do not lock it. */
  public void issued(LoginKey login) {
    limiter.succeeded(login);
  }

  private static Problem locked(Duration left) {
    String seconds = Long.toString(Math.max(1, left.plusMillis(999).toSeconds()));
    return Problem.of(
            ProblemType.TOO_MANY_ATTEMPTS,
            "Try again in "
                + seconds
                + " s. Until then even a valid secret of this login is rejected.")
        .withHeader("Retry-After", seconds);
  }
}
