package dev.nexo.pairing.store;

import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
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
public class ExpirySweeper {

  private static final Logger LOG = System.getLogger(ExpirySweeper.class.getName());
  private static final int EVERY_SECONDS = 30;
  private static final int BATCH = 500;

  private final Database database;
  private final Clock clock;
  private final PairingEvents notices;
  private final ScheduledExecutorService background;
  private final Instance<Sweep> rooms;
  private volatile ScheduledFuture<?> schedule;

  @Inject
  ExpirySweeper(
      Database database,
      Clock clock,
      PairingEvents notices,
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
  public int clear() {
    Instant now = clock.instant();
    int total = 0;
    while (somethingExpired(now)) {
      int expired = database.write(tx -> batch(tx, now));
      notices.expired(expired);
      total += expired;
    }
    return total;
  }

  private boolean somethingExpired(Instant now) {
    return database.read(
        session ->
            session
                .createNativeQuery(
                    "SELECT EXISTS (SELECT 1 FROM pairing_pending WHERE created_at <= :expired)"
                        + " OR EXISTS (SELECT 1 FROM pairing_expired WHERE expired_at <= :forgotten)"
                        + " OR EXISTS (SELECT 1 FROM pairing_blocked WHERE denied_until <= :now)"
                        + " OR EXISTS (SELECT 1 FROM pairing_outbox WHERE sent_at <= :told)",
                    Boolean.class)
                .setParameter("expired", PendingEntity.newestExpired(now))
                .setParameter("forgotten", now.minus(ExpiredEntity.REMEMBERED).getEpochSecond())
                .setParameter("now", now.toEpochMilli())
                .setParameter("told", now.minus(ExpiredEntity.REMEMBERED).toEpochMilli())
                .getSingleResult());
  }

  private static int batch(Transaction tx, Instant now) throws SQLException {
    StatelessSession session = tx.session();
    List<PendingEntity> rows =
        session
            .createSelectionQuery(
                "from PendingEntity where createdAt <= :expired", PendingEntity.class)
            .setParameter("expired", PendingEntity.newestExpired(now))
            .setMaxResults(BATCH)
            .getResultList();
    int expired = PendingStatements.expire(tx, rows, now);
    long forgotten = now.minus(ExpiredEntity.REMEMBERED).getEpochSecond();
    delete(tx, "pairing_expired", "request_id", "expired_at", forgotten);
    delete(
        tx,
        "pairing_blocked",
        "channel, account_id, sender_id",
        "denied_until",
        now.toEpochMilli());
    // What has been told is kept as long as its request can be asked about again.
    delete(
        tx, "pairing_outbox", "id", "sent_at", now.minus(ExpiredEntity.REMEMBERED).toEpochMilli());
    return expired;
  }

  /** A batch, for everybody else's changes wait meanwhile. */
  private static void delete(Transaction tx, String table, String key, String time, long until)
      throws SQLException {
    tx.run(
        "DELETE FROM %s WHERE (%s) IN (SELECT %s FROM %s WHERE %s <= ? LIMIT %d)"
            .formatted(table, key, key, table, time, BATCH),
        until);
  }
}
