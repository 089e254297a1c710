package dev.nexo.pairing.http.request;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.address.PeerNetwork;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Limits requests without a login whose responses are expensive, to {@value #PER_SECOND} per
 * address in each second of the monotonic clock. An address that has sent 20 requests in a second
 * is rejected until the next one begins. Counts are dropped at the end of the second, so that the
 * requests of one second bound the memory. Thread-safe.
 */
@Component
public final class RequestRateLimiter {

  /** The maximum number of requests per second and address; an IPv6 /64 is one address. */
  public static final int PER_SECOND = 20;

  private record Window(long second, Map<String, Integer> counts) {}

  private final Ticker ticker;
  private volatile Window window = new Window(Long.MIN_VALUE, Map.of());

  @Inject
  public RequestRateLimiter(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Counts a request, and returns whether it is within the limit.
   *
   * @param address the peer's IP address
   * @return whether it is within the limit
   */
  public boolean allows(String address) {
    long second = TimeUnit.NANOSECONDS.toSeconds(ticker.read());
    Window current = window;
    if (current.second() != second) {
      // Two threads may both start the second; the lost counts of one do no harm.
      current = new Window(second, new ConcurrentHashMap<>());
      window = current;
    }
    return current.counts().merge(PeerNetwork.of(address), 1, Integer::sum) <= PER_SECOND;
  }
}
