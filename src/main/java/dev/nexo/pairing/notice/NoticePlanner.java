package dev.nexo.pairing.notice;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.NoticeSettings;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.notice.Notice.Request;
import dev.nexo.pairing.notice.NoticeWay.Receiver;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.outbox.OutboxRows;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.KeyedExecutor;
import dev.nexo.pairing.platform.WorkerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells the operators of new requests.
 *
 * <p><b>What comes in:</b> the pending requests of the database, from this server, from others and
 * from Nexo.
 *
 * <p><b>What happens:</b> the first request is told at once. Requests within the next minute are
 * told together at its end, and those of the quiet hours at their end. Requests that were decided
 * or expired by then are left out. One transaction marks the requests as told and puts the notices
 * into the outbox, so on any number of servers each request is told once.
 *
 * <p><b>What goes out:</b> a row of the outbox for each receiver of each {@link NoticeWay}. If
 * nobody receives notices, the requests stay untold until somebody does.
 *
 * <p><b>What can go wrong:</b> if the database fails, the requests are told when it works again. A
 * way that throws an exception is logged and left out.
 *
 * <p>Thread-safe.
 */
@Component
public class NoticePlanner {

  private static final Logger LOG = System.getLogger(NoticePlanner.class.getName());

  /** A way with its receivers. */
  private record Audience(NoticeWay way, List<Receiver> receivers) {}

  private final Database database;
  private final NoticeSettings settings;
  private final OutboxDelivery delivery;
  private final Instance<NoticeWay> ways;
  private final ScheduledExecutorService schedule;
  private final IdSource ids;
  private final Clock clock;

  /** Plans, one at a time; at most one more waits. */
  private final KeyedExecutor plans;

  private volatile ScheduledFuture<?> ticking;

  @Inject
  NoticePlanner(
      Database database,
      NoticeSettings settings,
      OutboxDelivery delivery,
      @Any Instance<NoticeWay> ways,
      ScheduledExecutorService schedule,
      WorkerThreads workers,
      IdSource ids,
      Clock clock) {
    this.database = database;
    this.settings = settings;
    this.delivery = delivery;
    this.ways = ways;
    this.schedule = schedule;
    this.ids = ids;
    this.clock = clock;
    this.plans = new KeyedExecutor(workers, 1, 1, 2);
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
    settings
        .quietHours()
        .filter(hours -> !hours.zoneNamed())
        .ifPresent(hours -> LogMessage.QUIET_HOURS_ZONE.log(LOG, hours, hours.zone()));
    ticking = schedule.scheduleWithFixedDelay(this::wake, 1, 1, TimeUnit.SECONDS);
  }

  void challenged(@Observes PairingEvent.Challenged event) {
    wake();
  }

  /** Plans soon, on another thread. If a plan already waits, that one does the work. */
  private void wake() {
    plans.submit("plan", 1, this::planQuietly);
  }

  private void planQuietly() {
    try {
      plan();
    } catch (StorageUnavailableException e) {
      // The database reports its failures itself; the next tick tries again.
      LOG.log(Level.DEBUG, "Requests are not told yet", e);
    }
  }

  /**
   * Puts the notices that are due into the outbox. Returns the number of requests that are told.
   *
   * @throws StorageUnavailableException if the database fails; nothing is told then
   */
  int plan() {
    Instant now = clock.instant();
    boolean quiet = settings.quietHours().filter(hours -> hours.contains(now)).isPresent();
    if (quiet || !database.query(statements -> NoticeStatements.isDue(statements, now))) {
      return 0;
    }
    List<Audience> audiences = audiences();
    if (audiences.isEmpty()) {
      return 0;
    }
    int told = database.write(tx -> tell(tx, audiences, now));
    if (told > 0) {
      delivery.wake();
    }
    return told;
  }

  private List<Audience> audiences() {
    List<Audience> audiences = new ArrayList<>();
    for (NoticeWay way : ways) {
      try {
        List<Receiver> receivers = way.receivers();
        if (!receivers.isEmpty()) {
          audiences.add(new Audience(way, receivers));
        }
      } catch (StorageUnavailableException e) {
        throw e;
      } catch (RuntimeException e) {
        LogMessage.NOTICE_WAY_FAILED.log(LOG, e, way.name());
      }
    }
    return audiences;
  }

  private int tell(Transaction tx, List<Audience> audiences, Instant now) throws SQLException {
    List<Request> requests = NoticeStatements.take(tx, now);
    if (requests.isEmpty()) {
      return 0;
    }
    String id = requests.size() == 1 ? requests.get(0).requestId() : ids.nextUuid();
    Notice notice = new Notice(id, requests);
    for (Audience audience : audiences) {
      for (Receiver receiver : audience.receivers()) {
        Optional<String> payload = payload(audience.way(), notice, receiver);
        if (payload.isPresent()) {
          // If one request is decided before the notice is sent, the notice is deleted with it.
          OutboxRows.add(
              tx,
              ids.nextUuid(),
              id,
              audience.way().name(),
              receiver.recipient(),
              receiver.target(),
              payload.get(),
              now);
        }
      }
    }
    return requests.size();
  }

  private static Optional<String> payload(NoticeWay way, Notice notice, Receiver receiver) {
    try {
      return way.payload(notice, receiver);
    } catch (RuntimeException e) {
      LogMessage.NOTICE_WAY_FAILED.log(LOG, e, way.name());
      return Optional.empty();
    }
  }

  @PreDestroy
  void stop() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    plans.close(3);
  }
}
