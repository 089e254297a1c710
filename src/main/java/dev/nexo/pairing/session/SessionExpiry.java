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
    boolean limited = !settings.max().isZero() && settings.max().compareTo(settings.ttl()) < 0;
    return now.plus(limited ? settings.max() : settings.ttl());
  }

  /**
   * Returns the expiry that a renewal now gives to a session, never earlier than the one it has and
   * never later than the maximum after its pairing. Example: with the defaults, a session that was
   * opened on 1 May at 12:00 and is renewed on 20 May at 15:00 expires on 21 May at 15:00; renewed
   * on 30 May at 15:00, it expires on 31 May at 12:00.
   */
  Instant renewedExpiry(SessionRow session, Instant now) {
    Instant old = Instant.ofEpochMilli(session.expiresAt);
    if (settings.max().isZero()) {
      return old;
    }
    Instant latest = latestExpiry(session);
    Instant next = now.plus(settings.ttl());
    Instant renewed = next.isBefore(latest) ? next : latest;
    return renewed.isAfter(old) ? renewed : old;
  }

  /**
   * Returns whether reconnecting renews a session. Only a renewal by at least a tenth of the
   * lifetime, or up to the maximum, is worth a change of the database.
   */
  boolean isRenewalDue(SessionRow session, Instant now) {
    Instant old = Instant.ofEpochMilli(session.expiresAt);
    Instant renewed = renewedExpiry(session, now);
    return renewed.isAfter(old)
        && (!renewed.isBefore(old.plus(settings.ttl().dividedBy(10)))
            || renewed.equals(latestExpiry(session)));
  }

  private Instant latestExpiry(SessionRow session) {
    return Instant.ofEpochMilli(session.issuedAt).plus(settings.max());
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
