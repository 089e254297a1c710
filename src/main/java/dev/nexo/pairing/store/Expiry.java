package dev.nexo.pairing.store;

import dev.nexo.pairing.config.Component;
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
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.hibernate.StatelessSession;

/** Clears away what has run out, every half minute and never more than a batch at a time. */
@Component
class Expiry {

  private static final Logger LOG = System.getLogger(Expiry.class.getName());
  private static final int EVERY_SECONDS = 30;
  private static final int BATCH = 500;

  private final Database database;
  private final Clock clock;
  private final Notices notices;
  private final ScheduledExecutorService background;
  private final Instance<Sweep> rooms;
  private volatile ScheduledFuture<?> schedule;

  @Inject
  Expiry(
      Database database,
      Clock clock,
      Notices notices,
      ScheduledExecutorService background,
      @Any Instance<Sweep> rooms) {
    this.database = database;
    this.clock = clock;
    this.notices = notices;
    this.background = background;
    this.rooms = rooms;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    schedule =
        background.scheduleWithFixedDelay(this::clearQuietly, 1, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  private void clearQuietly() {
    quietly(this::clear);
    // Each by itself: one that fails must not keep the others from their turn.
    rooms.forEach(room -> quietly(() -> room.sweep(clock.instant())));
  }

  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      // A schedule that throws is never run again.
      LOG.log(Level.DEBUG, "Not all is cleared away", e);
    }
  }

  /**
   * Clears away everything that has run out by now.
   *
   * @return how many pending requests did
   */
  int clear() {
    Instant now = clock.instant();
    int total = 0;
    int cleared;
    do {
      cleared = nothingExpired(now) ? 0 : database.write(tx -> batch(tx, now));
      notices.expired(cleared);
      total += cleared;
    } while (cleared == BATCH);
    return total;
  }

  private boolean nothingExpired(Instant now) {
    return database.read(
        session ->
            session
                .createNativeQuery(
                    "SELECT EXISTS (SELECT 1 FROM pairing_pending WHERE created_at <= :expired)"
                        + " OR EXISTS (SELECT 1 FROM pairing_expired WHERE expired_at <= :forgotten)"
                        + " OR EXISTS (SELECT 1 FROM pairing_blocked WHERE denied_until <= :now)"
                        + " OR EXISTS (SELECT 1 FROM pairing_outbox WHERE sent_at <= :told)",
                    Boolean.class)
                .setParameter("expired", PendingRow.newestExpired(now))
                .setParameter("forgotten", now.minus(ExpiredRow.REMEMBERED).getEpochSecond())
                .setParameter("now", now.toEpochMilli())
                .setParameter("told", now.minus(ExpiredRow.REMEMBERED).toEpochMilli())
                .getSingleResult()
                .equals(false));
  }

  private static int batch(Transaction tx, Instant now) throws SQLException {
    StatelessSession session = tx.session();
    List<PendingRow> rows =
        session
            .createSelectionQuery("from PendingRow where createdAt <= :expired", PendingRow.class)
            .setParameter("expired", PendingRow.newestExpired(now))
            .setMaxResults(BATCH)
            .getResultList();
    int expired = PendingRows.expire(tx, rows, now);
    long forgotten = now.minus(ExpiredRow.REMEMBERED).getEpochSecond();
    session
        .createMutationQuery("delete from ExpiredRow where expiredAt <= :forgotten")
        .setParameter("forgotten", forgotten)
        .executeUpdate();
    session
        .createMutationQuery("delete from BlockedRow where deniedUntil <= :now")
        .setParameter("now", now.toEpochMilli())
        .executeUpdate();
    // What has been told is kept as long as its request can be asked about again.
    session
        .createMutationQuery("delete from OutboxRow where sentAt <= :forgotten")
        .setParameter("forgotten", now.minus(ExpiredRow.REMEMBERED).toEpochMilli())
        .executeUpdate();
    return expired;
  }
}
