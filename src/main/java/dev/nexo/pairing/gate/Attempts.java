package dev.nexo.pairing.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.AttemptLimiter;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.config.PeerNetwork;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts failures by address, in windows of a minute that begin with an address's first failure.
 */
@Component
class Attempts implements AttemptLimiter {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_ADDRESSES = 100_000;

  private final Cache<String, AtomicInteger> failures;

  @Inject
  Attempts(Clock clock) {
    failures =
        Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterWrite(WINDOW)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  @Override
  public Duration lockedFor(String address) {
    String peer = PeerNetwork.of(address);
    AtomicInteger count = failures.getIfPresent(peer);
    if (count == null || count.get() < MAX_FAILURES) {
      return Duration.ZERO;
    }
    return failures
        .policy()
        .expireAfterWrite()
        .flatMap(window -> window.ageOf(peer))
        .map(WINDOW::minus)
        .filter(left -> !left.isNegative())
        .orElse(Duration.ZERO);
  }

  @Override
  public void failed(String address) {
    failures.get(PeerNetwork.of(address), key -> new AtomicInteger()).incrementAndGet();
  }
}
