package dev.nexo.pairing.gate;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.internal.FailedAttempt;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reports who presents wrong secrets: to the log at most once a minute, to the metrics, and to
 * doctor for an hour. Never contains what was typed, unless it is the name of an account.
 * Thread-safe.
 */
@Component
class FailedAttempts {

  /** The number of sources that are kept; the one that has failed least recently is forgotten. */
  static final int MAX_SOURCES = 500;

  /** The number of sources in a line of the log. */
  static final int MAX_NAMED = 10;

  private static final Logger LOG = System.getLogger(FailedAttempts.class.getName());
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration KEPT = Duration.ofHours(1);

  /** The delay of a report that is due, so that failures which arrive together are one line. */
  private static final long DELAY_SECONDS = 1;

  private final Ticker ticker;
  private final ScheduledExecutorService background;
  private final Consumer<FailedAttempt> metrics;

  /** The failures by source, the latest last; guarded by itself. */
  private final Map<Source, Tally> tallies =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Tally> eldest) {
          return size() > MAX_SOURCES;
        }
      };

  /** Whether a report is scheduled; guarded by {@link #tallies}. */
  private boolean scheduled;

  /** The time of the latest report, or null; guarded by {@link #tallies}. */
  private Long reportedAt;

  @Inject
  FailedAttempts(Ticker ticker, ScheduledExecutorService background, Event<FailedAttempt> events) {
    this(ticker, background, (Consumer<FailedAttempt>) events::fire);
  }

  FailedAttempts(
      Ticker ticker, ScheduledExecutorService background, Consumer<FailedAttempt> metrics) {
    this.ticker = ticker;
    this.background = background;
    this.metrics = metrics;
  }

  /** What is reported together: the logins of an address that have no account are one source. */
  private record Source(String network, LoginKey.Kind kind, String login) {}

  /**
   * The failures of one source.
   *
   * @param login the latest login, without what may be a secret
   * @param times the number since the source was first seen
   * @param reported how many of them are in the log
   * @param lastAt the time of the latest, in nanoseconds of the ticker
   */
  record Tally(LoginKey login, long times, long reported, long lastAt) {

    private Tally failed(LoginKey again, long at) {
      return new Tally(again, times + 1, reported, at);
    }

    private Tally logged() {
      return new Tally(login, times, times, lastAt);
    }

    private long unreported() {
      return times - reported;
    }
  }

  /**
   * Adds a failure.
   *
   * @param network the name of the address's network
   */
  void add(LoginKey login, String network) {
    LoginKey shown = login.redacted();
    long now = ticker.read();
    synchronized (tallies) {
      tallies.merge(
          new Source(network, login.kind(), shown.login()),
          new Tally(shown, 1, 0, now),
          (before, first) -> before.failed(shown, now));
      schedule(now);
    }
    metrics.accept(new FailedAttempt(shown));
  }

  private void schedule(long now) {
    if (scheduled) {
      return;
    }
    long since = reportedAt == null ? Long.MAX_VALUE : now - reportedAt;
    long wait = Math.max(0, INTERVAL.toNanos() - since);
    try {
      background.schedule(
          this::log, wait + TimeUnit.SECONDS.toNanos(DELAY_SECONDS), TimeUnit.NANOSECONDS);
      scheduled = true;
    } catch (RejectedExecutionException e) {
      // The server is stopping.
    }
  }

  private void log() {
    List<Tally> fresh;
    synchronized (tallies) {
      scheduled = false;
      reportedAt = ticker.read();
      fresh = tallies.values().stream().filter(tally -> tally.unreported() > 0).toList();
      tallies.replaceAll((source, tally) -> tally.logged());
    }
    if (!fresh.isEmpty()) {
      LogMessage.ATTEMPTS_FAILED.log(LOG, line(fresh));
    }
  }

  private static String line(List<Tally> fresh) {
    String named =
        fresh.stream()
            .sorted(ORDER.thenComparing(Tally::unreported, Comparator.reverseOrder()))
            .limit(MAX_NAMED)
            .map(tally -> "%s (%d)".formatted(tally.login(), tally.unreported()))
            .collect(Collectors.joining(", "));
    long more = fresh.stream().skip(MAX_NAMED).count();
    return more == 0 ? named : "%s, and from %d more".formatted(named, more);
  }

  /** Accounts first: an attacker can invent any number of other names. */
  private static final Comparator<Tally> ORDER =
      Comparator.comparing((Tally tally) -> !tally.login().known());

  /** Returns who has failed within the last hour, accounts first. */
  List<Tally> recent() {
    long now = ticker.read();
    synchronized (tallies) {
      tallies.values().removeIf(tally -> now - tally.lastAt() > KEPT.toNanos());
      return tallies.values().stream()
          .sorted(ORDER.thenComparing(Tally::lastAt, Comparator.reverseOrder()))
          .toList();
    }
  }

  /** Returns how long ago something happened. */
  Duration ago(Tally tally) {
    return Duration.ofNanos(ticker.read() - tally.lastAt());
  }
}
