package dev.nexo.pairing.session;

import dev.nexo.pairing.config.SessionSettings;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides when a session expires: at its fixed expiry, and, if an idle time is configured, after
 * that time without use. Thread-safe.
 */
@Component
class SessionExpiry {

  /**
   * The condition for live sessions. Its parameters are the time in milliseconds since 1970 and
   * {@link #idleSince}. Expired sessions stay in the table until a sweep deletes them.
   */
  static final String LIVE = "expires_at > ? AND coalesce(last_seen_at, issued_at) > ?";

  /** The opposite of {@link #LIVE}, with the same parameters. */
  static final String EXPIRED = "(expires_at <= ? OR coalesce(last_seen_at, issued_at) <= ?)";

  private static final Duration MAX_UPDATE_INTERVAL = Duration.ofMinutes(1);

  private final SessionSettings settings;

  @Inject
  SessionExpiry(SessionSettings settings) {
    this.settings = settings;
  }

  /** Returns the expiry of a session that is opened now. */
  Instant expiry(Instant now) {
    return now.plus(settings.ttl());
  }

  /**
   * Returns the newest last use with which a session is expired by now, in milliseconds since 1970;
   * {@link Long#MIN_VALUE} if no idle time is configured.
   */
  long idleSince(Instant now) {
    return settings.idle().map(idle -> now.minus(idle).toEpochMilli()).orElse(Long.MIN_VALUE);
  }

  /**
   * Returns how often the last use is recorded: once a minute, or ten times in a shorter idle time.
   * So a session may expire that much too early, but never too late.
   */
  Duration updateInterval() {
    return settings
        .idle()
        .map(idle -> idle.dividedBy(10))
        .filter(tenth -> tenth.compareTo(MAX_UPDATE_INTERVAL) < 0)
        .orElse(MAX_UPDATE_INTERVAL);
  }
}
