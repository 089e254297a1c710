package dev.nexo.pairing.internal;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits how often secrets can be guessed: {@value #MAX_FAILURES} failed logins, wrong codes or
 * wrong tokens from one address within a minute lock that address, and no other, for the rest of
 * the minute.
 *
 * <p>A caller reserves an attempt before it judges a secret. Attempts that are being judged and
 * failures are never more than {@value #MAX_FAILURES} together, so requests that arrive at the same
 * moment get no more guesses than requests one after another. An example: an address has 8
 * failures, and 5 requests arrive together. 2 of them are judged at once, the other 3 wait. If both
 * fail, the 3 are refused; if both succeed, the 3 are judged.
 *
 * <p>Thread-safe; bounded in memory.
 */
public interface AttemptLimiter {

  /** How many failures within a minute lock an address. */
  int MAX_FAILURES = 10;

  /**
   * How long an address is still locked; even the right secret is refused until then.
   *
   * @param address the peer's IP address; all of an IPv6 /64 count as one. A word and a slash in
   *     front, as in {@code page/192.0.2.1}, make it a peer of its own
   * @return zero if it is not locked
   */
  Duration lockedFor(String address);

  /**
   * Reserves an attempt. Waits, 5 s at most, if so many attempts of this address are being judged
   * that their failures would lock it.
   *
   * @param address as for {@link #lockedFor}
   * @return the attempt, to be closed when the secret was judged, and after {@link #failed} if it
   *     was wrong; empty if the address is locked or nothing became free
   */
  Optional<Attempt> reserve(String address);

  /** Counts a failure of an address. */
  void failed(String address);

  /** A reserved attempt. */
  interface Attempt extends AutoCloseable {

    /** Ends the attempt. Closing it twice has no further effect. */
    @Override
    void close();
  }
}
