package dev.nexo.pairing.internal;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits how often secrets can be guessed. After {@value #MAX_FAILURES} failed logins, wrong codes
 * or wrong tokens from one address within a minute, that address is locked for the rest of the
 * minute; other addresses are not.
 *
 * <p>A caller reserves an attempt before it checks a secret. Running attempts and failures are
 * never more than {@value #MAX_FAILURES} together, so concurrent requests get no more guesses than
 * sequential ones. Example: an address has 8 failures, and 5 requests arrive together. 2 of them
 * are checked immediately, the other 3 wait. If both fail, the 3 are refused; if both succeed, the
 * 3 are checked.
 *
 * <p>Thread-safe. Memory use is bounded.
 */
public interface AttemptLimiter {

  /** The number of failures within a minute that locks an address. */
  int MAX_FAILURES = 10;

  /**
   * Returns how long an address stays locked. Even a correct secret is refused until then.
   *
   * @param address the peer's IP address; all addresses of an IPv6 /64 are treated as one. A name
   *     and a slash in front, as in {@code page/192.0.2.1}, make it a separate peer
   * @return zero if it is not locked
   */
  Duration lockedFor(String address);

  /**
   * Reserves an attempt. Waits up to 5 s if the running attempts of this address would lock it by
   * failing.
   *
   * @param address as for {@link #lockedFor}
   * @return the attempt, which the caller closes after checking the secret, and after {@link
   *     #failed} if it was wrong; empty if the address is locked or the wait timed out
   */
  Optional<Attempt> reserve(String address);

  /** Records a failure of an address. */
  void failed(String address);

  /** A reserved attempt. */
  interface Attempt extends AutoCloseable {

    /** Ends the attempt. Closing it again has no effect. */
    @Override
    void close();
  }
}
