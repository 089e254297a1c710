package dev.nexo.pairing.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Decides which reasons of an outage are logged: each reason that differs from the one before, but
 * the same one at most once a minute, because attempts to reach several servers may fail for
 * reasons that alternate. Thread-safe.
 */
final class OutageReasons {

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int REMEMBERED = 16;

  private final Cache<String, Boolean> logged;
  private String last;

  OutageReasons(Ticker ticker) {
    this.logged =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(INTERVAL)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** Returns whether the reason of a failed attempt is to be logged. */
  synchronized boolean isNews(String reason) {
    if (reason.equals(last)) {
      return false;
    }
    last = reason;
    return logged.asMap().putIfAbsent(reason, true) == null;
  }

  /** Forgets the reasons, because the server is connected. */
  synchronized void ended() {
    last = null;
    logged.invalidateAll();
  }
}
