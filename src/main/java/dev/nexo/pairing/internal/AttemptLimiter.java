package dev.nexo.pairing.internal;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits how often secrets can be guessed. After {@value #MAX_FAILURES} failures with one {@link
 * LoginKey} within a minute, that login is locked for that address for the rest of the minute.
 * Other logins and other addresses are not.
 *
 * <p>Names without an account are limited together: at most {@value #MAX_FAILURES} of them can fail
 * from one address within a minute, each {@value #MAX_FAILURES} times. Example: a caller who tries
 * a new name or token with each request is refused from the 11th on, and so is a name that the
 * server sees for the first time. A token is checked nevertheless, because nobody guesses one and a
 * valid one must not be lost: only an invalid one gets the refusal. An account whose secret was
 * wrong counts among these names, and a wrong secret gets the same refusal; its right secret does
 * not. A login that is known, or that has succeeded from the address within the last day, is not
 * affected.
 *
 * <p>A caller reserves an attempt before it checks a secret. Running attempts and failures are
 * never more than {@value #MAX_FAILURES} together, so concurrent requests get no more guesses than
 * sequential ones. Example: a login has 8 failures, and 5 requests arrive together. 2 of them are
 * checked immediately, the other 3 wait. If both fail, the 3 are refused; if both succeed, the 3
 * are checked.
 *
 * <p>Thread-safe. Memory use is bounded.
 */
public interface AttemptLimiter {

  /** The number of failures within a minute that locks a login. */
  int MAX_FAILURES = 10;

  /**
   * Returns how long a login stays locked. Even its correct secret is refused until then.
   *
   * @return zero if it is not locked
   */
  Duration lockedFor(LoginKey login);

  /**
   * Reserves an attempt. Waits up to 5 s if the running attempts of this login would lock it by
   * failing.
   *
   * @return the attempt, which the caller closes after checking the secret, and after {@link
   *     #failed} if it was wrong; empty if the login is locked or the wait timed out
   */
  Optional<Attempt> reserve(LoginKey login);

  /**
   * Records that a secret was wrong.
   *
   * @return zero, or how long the login must be called locked although this secret was checked: as
   *     long as names without an account are refused from the address, a wrong secret of an account
   *     that has not failed before gets the same answer, so that it does not reveal the account; so
   *     does a wrong token
   */
  Duration failed(LoginKey login);

  /**
   * Records that a secret was presented that was right once and has ended. It is locked like a
   * wrong one, so that the answers do not reveal that it was issued, but it does not count towards
   * the limit of all unknown logins, and the guess is not reported.
   *
   * @return zero, or how long the login must be called locked, as for a wrong secret
   */
  Duration ended(LoginKey login);

  /** Records that a secret was right, so that others' failures do not lock it. */
  void succeeded(LoginKey login);

  /** A reserved attempt. */
  interface Attempt extends AutoCloseable {

    /** Ends the attempt. Closing it again has no effect. */
    @Override
    void close();
  }
}
