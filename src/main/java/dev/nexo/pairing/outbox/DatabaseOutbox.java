package dev.nexo.pairing.outbox;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.PendingEntity;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outbox in the database table {@code pairing_outbox}. A server leases an entry for a minute
 * instead of locking it, so the entry becomes due again if the server fails. Thread-safe.
 */
@Component
class DatabaseOutbox implements Outbox {

  private static final Logger LOG = System.getLogger(DatabaseOutbox.class.getName());
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int LONGEST_WAIT_SECONDS = 60;

  /**
   * Selects due entries. The code is null for an obsolete challenge and for every message without a
   * code. A message about a decision is obsolete when a challenge of the same age would be. So is
   * an approval when its sender is no longer allowed, and a denial or expiry when its sender is
   * allowed. A message to an owner is obsolete at the same age, and when its receiver is no longer
   * an owner.
   */
  private static final String DUE =
      "SELECT o.id, o.request_id, o.channel, o.account_id, o.sender_id, p.code, o.created_at,"
          + " o.attempts, o.kind, o.account_named, o.target, o.payload, NOT EXISTS (SELECT 1"
          + " FROM pairing_allow_from a WHERE a.channel = o.channel AND a.account_id = o.account_id"
          + " AND a.sender_id = o.sender_id AND a.revoked_at IS NULL"
          + " AND (o.kind NOT IN ('owner', 'owner_answer') OR a.role = 'owner'))"
          + " FROM pairing_outbox o LEFT JOIN pairing_pending p"
          + " ON o.kind IN ('challenge', 'code') AND p.request_id = o.request_id AND p.created_at > ?"
          + " AND p.channel = o.channel AND p.account_id = o.account_id"
          + " AND p.sender_id = o.sender_id"
          + " WHERE o.sent_at IS NULL AND o.due_at <= ? AND o.leased_until <= ?"
          + " AND o.kind NOT IN ("
          + parameters(Busy.MAX_KINDS)
          + ") AND (o.channel NOT IN ("
          + parameters(Busy.MAX_CHANNELS)
          + ") OR o.kind NOT IN ('challenge', 'code', 'approved', 'denied', 'expired', 'owner',"
          + " 'owner_answer'))"
          + " ORDER BY o.due_at, o.created_at, o.kind LIMIT ?";

  private static final String CLAIM =
      "UPDATE pairing_outbox SET leased_until = ? WHERE id = ? AND sent_at IS NULL";

  /** What a sent message said is not kept: it may have a stranger's name and words. */
  private static final String SENT =
      "UPDATE pairing_outbox SET sent_at = ?, payload = NULL WHERE id = ?";

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

  private static String parameters(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  @Override
  public List<OutboxEntry> claim(int limit, Busy busy) {
    Instant now = clock.instant();
    boolean anyDue = !database.query(statements -> due(statements, now, busy, 1)).isEmpty();
    if (!anyDue) {
      return List.of();
    }
    Claimed claimed = database.write(tx -> claim(tx, now, busy, limit));
    if (claimed.late() > 0) {
      LogMessage.APPROVALS_NOT_SENT.log(LOG, claimed.late());
    }
    return claimed.entries();
  }

  /**
   * An entry that is due.
   *
   * @param obsolete whether it is deleted instead of sent
   * @param late whether it is an approval message that was not sent in time
   */
  private record Due(OutboxEntry entry, boolean obsolete, boolean late) {}

  /** The entries of a claim, and how many approval messages were deleted because they were late. */
  private record Claimed(List<OutboxEntry> entries, int late) {}

  private static List<Due> due(StatementCache statements, Instant now, Busy busy, int limit)
      throws SQLException {
    long millis = now.toEpochMilli();
    Instant leasedUntil = Instant.ofEpochMilli(millis).plus(LEASE);
    long expired = PendingEntity.newestExpired(now);
    Instant oldest = Instant.ofEpochSecond(expired);
    List<Object> values = new ArrayList<>(List.of(expired, millis, millis));
    addNames(values, busy.kinds(), Busy.MAX_KINDS);
    addNames(values, busy.channels(), Busy.MAX_CHANNELS);
    values.add(limit);
    return statements.list(DUE, row -> due(row, leasedUntil, oldest), values.toArray());
  }

  /** Adds names, and as many empty ones as the statement has parameters for. */
  private static void addNames(List<Object> values, Set<String> names, int count) {
    names.stream().sorted().limit(count).forEach(values::add);
    values.addAll(Collections.nCopies(Math.max(0, count - names.size()), ""));
  }

  private static Due due(ResultSet row, Instant leasedUntil, Instant oldest) throws SQLException {
    String code = row.getString(6);
    OutboxEntry entry =
        new OutboxEntry(
            row.getString(1),
            row.getString(2),
            row.getString(9),
            new SenderKey(row.getString(3), row.getString(4), row.getString(5)),
            row.getString(11),
            row.getInt(10) != 0,
            code == null ? null : new PairingCode(code),
            row.getString(12),
            Instant.ofEpochMilli(row.getLong(7)),
            row.getInt(8),
            leasedUntil);
    boolean late = !entry.createdAt().isAfter(oldest);
    boolean disallowed = row.getBoolean(13);
    return switch (entry.kind()) {
      case OutboxEntry.CHALLENGE, OutboxEntry.CODE -> new Due(entry, code == null, false);
      case OutboxEntry.APPROVAL -> new Due(entry, late || disallowed, late);
      case OutboxEntry.DENIAL, OutboxEntry.EXPIRY -> new Due(entry, late || !disallowed, false);
      case OutboxEntry.OWNER, OutboxEntry.OWNER_ANSWER -> new Due(entry, late || disallowed, false);
      default -> new Due(entry, false, false);
    };
  }

  private static Claimed claim(Transaction tx, Instant now, Busy busy, int limit)
      throws SQLException {
    List<OutboxEntry> entries = new ArrayList<>();
    int late = 0;
    for (Due due : due(tx.statements(), now, busy, limit)) {
      OutboxEntry entry = due.entry();
      if (due.obsolete()) {
        tx.run("DELETE FROM pairing_outbox WHERE id = ?", entry.id());
        late += due.late() ? 1 : 0;
      } else {
        // An entry may be marked as sent in between, because marks wait for no other change.
        int claimed = tx.run(CLAIM, entry.leasedUntil().toEpochMilli(), entry.id());
        if (claimed > 0) {
          entries.add(entry);
        }
      }
    }
    return new Claimed(entries, late);
  }

  @Override
  public void sent(Collection<OutboxEntry> entries) {
    long now = clock.millis();
    database.mark(
        tx -> {
          for (OutboxEntry entry : inOrder(entries)) {
            tx.run(SENT, now, entry.id());
          }
          return null;
        });
  }

  @Override
  public void failed(Collection<OutboxEntry> entries) {
    long now = clock.millis();
    database.mark(
        tx -> {
          for (OutboxEntry entry : inOrder(entries)) {
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

  /** Sorts by id: transactions that mark the same entries in the same order do not deadlock. */
  private static List<OutboxEntry> inOrder(Collection<OutboxEntry> entries) {
    return entries.stream().sorted(Comparator.comparing(OutboxEntry::id)).toList();
  }

  @Override
  public void retryNow() {
    long now = clock.millis();
    database.mark(
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
                    "SELECT 1 FROM pairing_outbox WHERE request_id = ? AND kind = 'challenge'"
                        + " AND sent_at IS NOT NULL",
                    row -> true,
                    requestId))
        .isPresent();
  }

  @Override
  public Set<String> undelivered(Collection<String> requestIds) {
    if (requestIds.isEmpty()) {
      return Set.of();
    }
    // One statement for each power of two, because the statements are kept.
    int width = Math.max(1, Integer.highestOneBit(requestIds.size() - 1) << 1);
    List<Object> values = new ArrayList<>(requestIds);
    values.addAll(Collections.nCopies(width - values.size(), null));
    String sql =
        "SELECT request_id FROM pairing_outbox WHERE kind = 'challenge' AND sent_at IS NULL"
            + " AND request_id IN (?"
            + ", ?".repeat(width - 1)
            + ")";
    return database.query(
        statements -> Set.copyOf(statements.list(sql, row -> row.getString(1), values.toArray())));
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
