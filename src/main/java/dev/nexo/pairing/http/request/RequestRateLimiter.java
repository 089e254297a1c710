package dev.nexo.pairing.http.request;

import dev.nexo.pairing.address.PeerNetwork;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how often one address may ask for what is dear to answer and open to everybody: {@value
 * #PER_SECOND} times in each second of the clock. Counts are forgotten with the second, so memory
 * is bounded by the requests of one second. Thread-safe.
 */
@Component
public final class RequestRateLimiter {

  /** How many requests of one address a second has; all of an IPv6 /64 are one address. */
  public static final int PER_SECOND = 20;

  private record Window(long second, Map<String, Integer> counts) {}

  private final Clock clock;
  private volatile Window window = new Window(Long.MIN_VALUE, Map.of());

  @Inject
  public RequestRateLimiter(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts a request.
   *
   * @param address the peer's IP address
   * @return whether it is within the limit
   */
  public boolean allows(String address) {
    long second = clock.instant().getEpochSecond();
    Window current = window;
    if (current.second() != second) {
      // Two threads may both begin the second; the counts of one are lost then, which harms nobody.
      current = new Window(second, new ConcurrentHashMap<>());
      window = current;
    }
    return current.counts().merge(PeerNetwork.of(address), 1, Integer::sum) <= PER_SECOND;
  }
}
