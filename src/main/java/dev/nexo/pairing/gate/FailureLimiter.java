package dev.nexo.pairing.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.address.PeerNetwork;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the failures and the running attempts of each address. The window of one minute begins
 * with the first failure and is measured by the monotonic clock, so setting the system time neither
 * extends nor ends it. Thread-safe.
 */
@Component
class FailureLimiter implements AttemptLimiter {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_ADDRESSES = 100_000;

  /** How long an attempt waits for running attempts of its address. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Ticker ticker;
  private final Cache<String, AtomicInteger> failures;

  /** The number of running attempts of each address; guarded by itself. */
  private final Map<String, Integer> running = new HashMap<>();

  @Inject
  FailureLimiter(Ticker ticker) {
    this.ticker = ticker;
    failures =
        Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterWrite(WINDOW)
            .ticker(ticker)
            .build();
  }

  @Override
  public Duration lockedFor(String address) {
    String peer = PeerNetwork.of(address);
    if (failures(peer) < MAX_FAILURES) {
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
  public Optional<Attempt> reserve(String address) {
    String peer = PeerNetwork.of(address);
    long deadline = ticker.read() + PATIENCE.toNanos();
    synchronized (running) {
      while (failures(peer) + running.getOrDefault(peer, 0) >= MAX_FAILURES) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - ticker.read());
        if (failures(peer) >= MAX_FAILURES || millis <= 0 || !await(millis)) {
          return Optional.empty();
        }
      }
      running.merge(peer, 1, Integer::sum);
    }
    AtomicBoolean closed = new AtomicBoolean();
    return Optional.of(
        () -> {
          if (closed.compareAndSet(false, true)) {
            end(peer);
          }
        });
  }

  private boolean await(long millis) {
    try {
      running.wait(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void end(String peer) {
    synchronized (running) {
      int before = running.getOrDefault(peer, 0);
      running.computeIfPresent(peer, (key, count) -> count > 1 ? count - 1 : null);
      // Attempts wait only if an address is at its limit.
      if (before + failures(peer) >= MAX_FAILURES) {
        running.notifyAll();
      }
    }
  }

  private int failures(String peer) {
    AtomicInteger count = failures.getIfPresent(peer);
    return count == null ? 0 : count.get();
  }

  @Override
  public void failed(String address) {
    failures.get(PeerNetwork.of(address), key -> new AtomicInteger()).incrementAndGet();
  }
}
