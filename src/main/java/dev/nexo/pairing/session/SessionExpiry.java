package dev.nexo.pairing.session;

import dev.nexo.pairing.config.SessionSettings;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/**
 * When a session is over: at its expiry, and where that is configured, after a time without use.
 * Thread-safe.
 */
@Component
class SessionExpiry {

  /**
   * The condition of a session that is live, with two values: the time in milliseconds, and {@link
   * #idleSince}. Only an exact use of it tells live sessions from those not yet cleared away.
   */
  static final String LIVE = "expires_at > ? AND coalesce(last_seen_at, issued_at) > ?";

  /** The same with names. */
  static final String LIVE_NAMED =
      "expires_at > :now AND coalesce(last_seen_at, issued_at) > :idle_since";

  /** The opposite, with the same two values. */
  static final String OVER = "(expires_at <= ? OR coalesce(last_seen_at, issued_at) <= ?)";

  private static final Duration LONGEST_NOTE = Duration.ofMinutes(1);

  private final SessionSettings settings;

  @Inject
  SessionExpiry(SessionSettings settings) {
    this.settings = settings;
  }

  /** When a session that is opened now has to pair anew. */
  Instant expiry(Instant now) {
    return now.plus(settings.ttl());
  }

  /**
   * A session last used at this time or before is over by now, in milliseconds since 1970. Where no
   * idle time is configured it lies before all times.
   */
  long idleSince(Instant now) {
    return settings.idle().map(idle -> now.minus(idle).toEpochMilli()).orElse(Long.MIN_VALUE);
  }

  /**
   * How long a use need not be noted after another: a minute, or a tenth of the idle time where
   * that is shorter. A session may so end that much before its idle time is over, and never after.
   */
  Duration noteEvery() {
    return settings
        .idle()
        .map(idle -> idle.dividedBy(10))
        .filter(tenth -> tenth.compareTo(LONGEST_NOTE) < 0)
        .orElse(LONGEST_NOTE);
  }
}
