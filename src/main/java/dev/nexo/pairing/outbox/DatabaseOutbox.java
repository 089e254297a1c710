package dev.nexo.pairing.outbox;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.OutboxEntity;
import dev.nexo.pairing.store.PendingEntity;
import dev.nexo.pairing.store.PendingStatements;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * The outbox in the database. A lease, not a lock, keeps an entry to one node: it ends by itself.
 */
@Component
class DatabaseOutbox implements Outbox {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int LONGEST_WAIT_SECONDS = 60;

  private final Database database;
  private final Clock clock;

  @Inject
  DatabaseOutbox(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public List<OutboxEntry> claim(int limit) {
    Instant now = clock.instant();
    boolean anyDue = !database.read(session -> due(session, now, 1)).isEmpty();
    return anyDue ? database.write(tx -> claim(tx.session(), now, limit)) : List.of();
  }

  private static List<OutboxEntity> due(StatelessSession session, Instant now, int limit) {
    return session
        .createSelectionQuery(
            "from OutboxEntity where sentAt is null and dueAt <= :now and leasedUntil <= :now"
                + " order by dueAt, createdAt",
            OutboxEntity.class)
        .setParameter("now", now.toEpochMilli())
        .setMaxResults(limit)
        .getResultList();
  }

  private static List<OutboxEntry> claim(StatelessSession session, Instant now, int limit) {
    List<OutboxEntry> entries = new ArrayList<>();
    for (OutboxEntity row : due(session, now, limit)) {
      SenderKey recipient = new SenderKey(row.channel, row.accountId, row.senderId);
      PairingCode code = null;
      if (row.kind.equals(OutboxEntity.CHALLENGE)) {
        Optional<PendingEntity> request =
            PendingStatements.find(session, recipient)
                .filter(r -> r.requestId.equals(row.requestId) && r.liveAt(now));
        if (request.isEmpty()) {
          session.delete(row);
          continue;
        }
        code = new PairingCode(request.get().code);
      }
      row.leasedUntil = now.plus(LEASE).toEpochMilli();
      session.update(row);
      entries.add(
          new OutboxEntry(
              row.id,
              row.requestId,
              recipient,
              code,
              Instant.ofEpochMilli(row.createdAt),
              row.attempts,
              Instant.ofEpochMilli(row.leasedUntil)));
    }
    return entries;
  }

  @Override
  public void sent(Collection<OutboxEntry> entries) {
    long now = clock.millis();
    database.write(
        tx ->
            tx.session()
                .createMutationQuery("update OutboxEntity set sentAt = :now where id in (:ids)")
                .setParameter("now", now)
                .setParameterList("ids", entries.stream().map(OutboxEntry::id).toList())
                .executeUpdate());
  }

  @Override
  public void failed(Collection<OutboxEntry> entries) {
    long now = clock.millis();
    database.write(
        tx -> {
          for (OutboxEntry entry : entries) {
            int attempts = entry.attempts() + 1;
            long wait = Math.min(1L << Math.min(entry.attempts(), 6), LONGEST_WAIT_SECONDS);
            tx.session()
                .createMutationQuery(
                    "update OutboxEntity set attempts = :attempts, dueAt = :due, leasedUntil = 0"
                        + " where id = :id and sentAt is null and leasedUntil = :mine")
                .setParameter("attempts", attempts)
                .setParameter("due", now + Duration.ofSeconds(wait).toMillis())
                .setParameter("id", entry.id())
                .setParameter("mine", entry.leasedUntil().toEpochMilli())
                .executeUpdate();
          }
          return null;
        });
  }

  @Override
  public void retryNow() {
    long now = clock.millis();
    database.write(
        tx ->
            tx.session()
                .createMutationQuery(
                    "update OutboxEntity set dueAt = :now where sentAt is null and dueAt > :now")
                .setParameter("now", now)
                .executeUpdate());
  }

  @Override
  public boolean isSent(String requestId) {
    return database.read(
        session ->
            session
                .createSelectionQuery(
                    "select count(*) > 0 from OutboxEntity where requestId = :request and kind = :kind"
                        + " and sentAt is not null",
                    Boolean.class)
                .setParameter("request", requestId)
                .setParameter("kind", OutboxEntity.CHALLENGE)
                .getSingleResult());
  }

  @Override
  public long waiting() {
    return database.read(
        session ->
            session
                .createSelectionQuery(
                    "select count(*) from OutboxEntity where sentAt is null", Long.class)
                .getSingleResult());
  }

  @Override
  public Optional<Instant> waitingSince() {
    Long oldest =
        database.read(
            session ->
                session
                    .createSelectionQuery(
                        "select min(createdAt) from OutboxEntity where sentAt is null", Long.class)
                    .getSingleResult());
    return Optional.ofNullable(oldest).map(Instant::ofEpochMilli);
  }
}
