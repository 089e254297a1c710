package dev.nexo.pairing.outbox;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.PendingStatements;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The outbox in the database. An entry is leased to one node, not locked, so that it becomes due
 * again if the node fails. Thread-safe.
 */
@Component
class DatabaseOutbox implements Outbox {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int LONGEST_WAIT_SECONDS = 60;

  private static final String DUE =
      "SELECT id, request_id, kind, channel, account_id, sender_id, created_at, attempts"
          + " FROM pairing_outbox WHERE sent_at IS NULL AND due_at <= ? AND leased_until <= ?"
          + " ORDER BY due_at, created_at LIMIT ?";

  private static final String FAILED =
      "UPDATE pairing_outbox SET attempts = ?, due_at = ?, leased_until = 0"
          + " WHERE id = ? AND sent_at IS NULL AND leased_until = ?";

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
    boolean anyDue = !database.query(statements -> due(statements, now, 1)).isEmpty();
    return anyDue ? database.write(tx -> claim(tx, now, limit)) : List.of();
  }

  private record Due(OutboxEntry entry, boolean challenge) {

    OutboxEntry with(PairingCode code) {
      return new OutboxEntry(
          entry.id(),
          entry.requestId(),
          entry.recipient(),
          code,
          entry.createdAt(),
          entry.attempts(),
          entry.leasedUntil());
    }
  }

  private static List<Due> due(StatementCache statements, Instant now, int limit)
      throws SQLException {
    long millis = now.toEpochMilli();
    Instant leasedUntil = Instant.ofEpochMilli(millis).plus(LEASE);
    return statements.list(DUE, row -> due(row, leasedUntil), millis, millis, limit);
  }

  private static Due due(ResultSet row, Instant leasedUntil) throws SQLException {
    OutboxEntry entry =
        new OutboxEntry(
            row.getString(1),
            row.getString(2),
            new SenderKey(row.getString(4), row.getString(5), row.getString(6)),
            null,
            Instant.ofEpochMilli(row.getLong(7)),
            row.getInt(8),
            leasedUntil);
    return new Due(entry, row.getString(3).equals(PendingStatements.CHALLENGE));
  }

  private static List<OutboxEntry> claim(Transaction tx, Instant now, int limit)
      throws SQLException {
    List<OutboxEntry> entries = new ArrayList<>();
    for (Due due : due(tx.statements(), now, limit)) {
      OutboxEntry entry = due.entry();
      if (due.challenge()) {
        Optional<PairingCode> code =
            PendingStatements.find(tx, entry.recipient())
                .filter(row -> row.requestId.equals(entry.requestId()) && row.liveAt(now))
                .map(row -> new PairingCode(row.code));
        if (code.isEmpty()) {
          tx.run("DELETE FROM pairing_outbox WHERE id = ?", entry.id());
          continue;
        }
        entries.add(due.with(code.get()));
      } else {
        entries.add(entry);
      }
      tx.run(
          "UPDATE pairing_outbox SET leased_until = ? WHERE id = ?",
          entry.leasedUntil().toEpochMilli(),
          entry.id());
    }
    return entries;
  }

  @Override
  public void sent(Collection<OutboxEntry> entries) {
    long now = clock.millis();
    database.write(
        tx -> {
          for (OutboxEntry entry : entries) {
            tx.run("UPDATE pairing_outbox SET sent_at = ? WHERE id = ?", now, entry.id());
          }
          return null;
        });
  }

  @Override
  public void failed(Collection<OutboxEntry> entries) {
    long now = clock.millis();
    database.write(
        tx -> {
          for (OutboxEntry entry : entries) {
            long wait = Math.min(1L << Math.min(entry.attempts(), 6), LONGEST_WAIT_SECONDS);
            tx.run(
                FAILED,
                entry.attempts() + 1,
                now + Duration.ofSeconds(wait).toMillis(),
                entry.id(),
                entry.leasedUntil().toEpochMilli());
          }
          return null;
        });
  }

  @Override
  public void retryNow() {
    long now = clock.millis();
    database.write(
        tx ->
            tx.run(
                "UPDATE pairing_outbox SET due_at = ? WHERE sent_at IS NULL AND due_at > ?",
                now,
                now));
  }

  @Override
  public boolean isSent(String requestId) {
    return database
        .query(
            statements ->
                statements.first(
                    "SELECT 1 FROM pairing_outbox WHERE request_id = ? AND kind = ?"
                        + " AND sent_at IS NOT NULL",
                    row -> true,
                    requestId,
                    PendingStatements.CHALLENGE))
        .isPresent();
  }

  @Override
  public long waiting() {
    return waiting("count(*)").orElseThrow();
  }

  @Override
  public Optional<Instant> waitingSince() {
    return waiting("min(created_at)").map(Instant::ofEpochMilli);
  }

  private Optional<Long> waiting(String aggregate) {
    return database.query(
        statements ->
            statements.first(
                "SELECT " + aggregate + " FROM pairing_outbox WHERE sent_at IS NULL",
                row -> {
                  long value = row.getLong(1);
                  return row.wasNull() ? null : value;
                }));
  }
}
