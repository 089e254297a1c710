package dev.nexo.pairing.store;

import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The held messages of requests that are no longer pending. Thread-safe; every method may throw
 * {@link dev.nexo.pairing.StorageUnavailableException}.
 */
@Component
public class HeldTable {

  /** How long messages that the approving caller delivers can be read after the approval. */
  private static final Duration KEPT = Duration.ofHours(24);

  private static final int BATCH = 100;

  /** Requests that Nexo approved or deleted, so that no transaction of this module decided them. */
  private static final String ORPHANS =
      "SELECT DISTINCT request_id, channel, account_id, sender_id FROM pairing_held h"
          + " WHERE approved_at IS NULL AND NOT EXISTS"
          + " (SELECT 1 FROM pairing_pending p WHERE p.request_id = h.request_id)"
          + " AND NOT EXISTS"
          + " (SELECT 1 FROM pairing_decided d WHERE d.request_id = h.request_id) LIMIT "
          + BATCH;

  private static final String STALE =
      " FROM pairing_held WHERE route = 'caller' AND approved_at <= ?";

  private final Database database;
  private final IdSource ids;

  @Inject
  HeldTable(Database database, IdSource ids) {
    this.database = database;
    this.ids = ids;
  }

  /** Returns the messages of an approved request that are not delivered, in their order. */
  public List<HeldRow> undelivered(String requestId) {
    return database.query(statements -> HeldStatements.rows(statements, requestId, true));
  }

  /** Returns the admission of a sender who is in allow-from, not denied and not blocked. */
  public Optional<Admit> admission(SenderKey sender, Instant now) {
    SenderState state = database.query(statements -> SenderState.one(statements, sender, now));
    return state.refusal() == null && state.isAllowedAt(now)
        ? Optional.of(Admit.of(state.allowed()))
        : Optional.empty();
  }

  /** Deletes a message that was delivered. */
  public void delivered(HeldRow row) {
    database.mark(
        tx ->
            tx.run(
                "DELETE FROM pairing_held WHERE request_id = ? AND seq = ?",
                row.requestId(),
                row.seq()));
  }

  /** Deletes the messages of a request whose sender is not admitted. */
  public void purge(String requestId) {
    database.write(
        tx -> {
          HeldStatements.purge(tx, requestId);
          return null;
        });
  }

  /** Returns how many messages are encrypted under each key, by its fingerprint. */
  public Map<String, Long> countByKey() {
    return database
        .query(
            statements ->
                statements.list(
                    "SELECT key_fingerprint, count(*) FROM pairing_held GROUP BY key_fingerprint",
                    row -> Map.entry(row.getString(1), row.getLong(2))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns whether approved messages wait to be delivered on the bus. */
  public boolean waitsForBus() {
    return database
        .query(
            statements ->
                statements.first(
                    "SELECT 1 FROM pairing_held WHERE route = 'bus' AND approved_at IS NOT NULL"
                        + " LIMIT 1",
                    row -> true))
        .isPresent();
  }

  /** Returns whether approved messages of a sender wait to be delivered on the bus. */
  public boolean waitsForBus(SenderKey sender) {
    return database
        .query(
            statements ->
                statements.first(
                    "SELECT 1 FROM pairing_held WHERE channel = ? AND account_id = ?"
                        + " AND sender_id = ? AND route = 'bus' AND approved_at IS NOT NULL LIMIT 1",
                    row -> true,
                    sender))
        .isPresent();
  }

  /**
   * Deletes messages that were fetched long ago or whose request is gone. If Nexo has approved the
   * request, its messages are released for delivery.
   */
  public void clear(Instant now) {
    long stale = now.minus(KEPT).toEpochMilli();
    if (database
        .query(statements -> statements.first("SELECT 1" + STALE + " LIMIT 1", row -> true, stale))
        .isPresent()) {
      database.write(tx -> tx.run("DELETE" + STALE, stale));
    }
    record Orphan(String requestId, SenderKey sender) {}
    List<Orphan> orphans =
        database.query(
            statements ->
                statements.list(
                    ORPHANS,
                    row ->
                        new Orphan(
                            row.getString(1),
                            new SenderKey(row.getString(2), row.getString(3), row.getString(4)))));
    for (Orphan orphan : orphans) {
      database.write(
          tx -> {
            settle(tx, orphan.requestId(), orphan.sender(), now);
            return null;
          });
    }
  }

  private void settle(Transaction tx, String requestId, SenderKey sender, Instant now)
      throws SQLException {
    SenderState state = SenderState.one(tx.statements(), sender, now);
    if (state.refusal() == null && state.isAllowedAt(now)) {
      HeldStatements.release(tx, ids.nextUuid(), requestId, sender, now);
    } else {
      HeldStatements.purge(tx, requestId);
    }
  }
}
