package dev.nexo.pairing;

import java.time.Duration;

/**
 * Holds back whoever guesses: {@value #MAX_FAILURES} failed logins, wrong codes or wrong tokens
 * from one address within a minute lock that address, and no other, for the rest of the minute.
 * Thread-safe; bounded in memory.
 */
public interface AttemptLimiter {

  /** How many failures within a minute lock an address. */
  int MAX_FAILURES = 10;

  /**
   * How long an address is still locked; even the right secret is refused until then.
   *
   * @param address the peer's IP address; all of an IPv6 /64 count as one. A word and a slash in
   *     front, as in {@code page/192.0.2.1}, make it a peer of its own
   * @return zero where it is not locked
   */
  Duration lockedFor(String address);

  /** Counts a failure of an address. */
  void failed(String address);
}
