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

/** Deletes expired rows every 30 s, in one transaction per batch. */
@Component
public class ExpirySweeper {

  private static final Logger LOG = System.getLogger(ExpirySweeper.class.getName());
  private static final int EVERY_SECONDS = 30;
  private static final int BATCH = 500;

  private static final String ANY_EXPIRED =
      "SELECT EXISTS (SELECT 1 FROM pairing_pending WHERE created_at <= ?)"
          + " OR EXISTS (SELECT 1 FROM pairing_expired WHERE expired_at <= ?)"
          + " OR EXISTS (SELECT 1 FROM pairing_blocked WHERE denied_until <= ?)"
          + " OR EXISTS (SELECT 1 FROM pairing_outbox WHERE sent_at <= ?)"
          + " OR EXISTS (SELECT 1 FROM pairing_decided WHERE restorable_until <= ?)";

  private final Database database;
  private final Clock clock;
  private final PairingEvents events;
  private final RequesterNotices notices;
  private final ScheduledExecutorService background;
  private final Instance<Sweep> sweeps;
  private volatile ScheduledFuture<?> schedule;

  @Inject
  ExpirySweeper(
      Database database,
      Clock clock,
      PairingEvents events,
      RequesterNotices notices,
      ScheduledExecutorService background,
      @Any Instance<Sweep> sweeps) {
    this.database = database;
    this.clock = clock;
    this.events = events;
    this.notices = notices;
    this.background = background;
    this.sweeps = sweeps;
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
    // Each in its own try block, so that a failure does not stop the others.
    sweeps.forEach(sweep -> quietly(() -> sweep.sweep(clock.instant())));
  }

  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      // A scheduled task that throws never runs again.
      LOG.log(Level.DEBUG, "Not all is cleared away", e);
    }
  }

  /** Deletes everything that has expired by now; returns the number of expired pending requests. */
  public int clear() {
    Instant now = clock.instant();
    int total = 0;
    while (anyExpired(now)) {
      int expired = database.write(tx -> batch(tx, now));
      events.expired(expired);
      total += expired;
    }
    return total;
  }

  private boolean anyExpired(Instant now) {
    Instant forgotten = now.minus(PendingStatements.EXPIRED_KEPT);
    return database
        .query(
            statements ->
                statements.first(
                    ANY_EXPIRED,
                    row -> row.getBoolean(1),
                    PendingEntity.newestExpired(now),
                    forgotten.getEpochSecond(),
                    now.toEpochMilli(),
                    forgotten.toEpochMilli(),
                    now.toEpochMilli()))
        .orElseThrow();
  }

  private int batch(Transaction tx, Instant now) throws SQLException {
    StatelessSession session = tx.session();
    List<PendingEntity> rows =
        session
            .createSelectionQuery(
                "from PendingEntity where createdAt <= :expired", PendingEntity.class)
            .setParameter("expired", PendingEntity.newestExpired(now))
            .setMaxResults(BATCH)
            .getResultList();
    int expired = PendingStatements.expire(tx, rows, now);
    notices.expired(tx, rows, now);
    Instant forgotten = now.minus(PendingStatements.EXPIRED_KEPT);
    delete(tx, "pairing_expired", "request_id", "expired_at", forgotten.getEpochSecond());
    String key = AllowFromStatements.ORDER;
    delete(tx, "pairing_blocked", key, "denied_until", now.toEpochMilli());
    // A sent message is kept as long as its expired request.
    delete(tx, "pairing_outbox", "id", "sent_at", forgotten.toEpochMilli());
    DecidedStatements.purgeMessages(tx, now);
    delete(tx, "pairing_decided", "request_id", "restorable_until", now.toEpochMilli());
    return expired;
  }

  /** Deletes one batch of limited size, because other changes wait for this transaction. */
  private static void delete(Transaction tx, String table, String key, String time, long until)
      throws SQLException {
    tx.run(
        "DELETE FROM %s WHERE (%s) IN (SELECT %s FROM %s WHERE %s <= ? LIMIT %d)"
            .formatted(table, key, key, table, time, BATCH),
        until);
  }
}
