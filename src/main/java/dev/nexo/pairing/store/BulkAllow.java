package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SeedReport.Rejected;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts many senders into allow-from at once: normalised outside the transaction, written in
 * batches.
 */
final class BulkAllow {

  private static final String UPSERT =
      "INSERT INTO pairing_allow_from"
          + " (channel, account_id, sender_id, approved_at, approved_via, note)"
          + " VALUES (?, ?, ?, ?, 'seed', ?)"
          + " ON CONFLICT (channel, account_id, sender_id) DO UPDATE SET"
          + " approved_at = excluded.approved_at, approved_via = 'seed', revoked_at = NULL,"
          + " expires_at = NULL, note = COALESCE(excluded.note, pairing_allow_from.note)";

  /** An adapter that let so many questions run out in a row is not asked the rest. */
  private static final int MOST_SILENT = 3;

  private final ChannelAccount account;

  /** Canonical ids with their notes, each once, in the order given. */
  private final Map<String, Optional<String>> accepted = new LinkedHashMap<>();

  private final List<Rejected> rejected = new ArrayList<>();
  private long rejectedCount;

  /** Normalises them all; adapters may take their time, and no transaction waits for them. */
  BulkAllow(ChannelAccount account, List<SeedEntry> senders, PairingAdapterRegistry adapters) {
    this.account = account;
    int silent = 0;
    for (SeedEntry sender : senders) {
      String raw = sender.senderId();
      if (silent == MOST_SILENT) {
        reject(raw, DropReason.ADAPTER_UNAVAILABLE);
        continue;
      }
      try {
        Optional<String> canonical = adapters.normalizeSender(account.channel(), raw);
        if (canonical.isPresent()) {
          accepted.put(canonical.get(), Optional.ofNullable(sender.note()));
        } else {
          reject(raw, DropReason.REJECTED_SENDER);
        }
        silent = 0;
      } catch (AdapterUnavailableException e) {
        silent++;
        reject(raw, DropReason.ADAPTER_UNAVAILABLE);
      }
    }
  }

  /** Whether this sender is among those to be written. */
  boolean takes(String senderId) {
    return accepted.containsKey(senderId);
  }

  private void reject(String senderId, DropReason reason) {
    rejectedCount++;
    if (rejected.size() < SeedReport.MAX_NAMED) {
      rejected.add(new Rejected(senderId, reason.wireName()));
    }
  }

  /**
   * Writes those that are not there already.
   *
   * @return what came of all of them
   */
  SeedReport write(Transaction tx, Instant now, Actor by) throws SQLException {
    Map<String, SenderState> known =
        SenderStateQuery.many(tx.statements(), account, List.copyOf(accepted.keySet()), now);
    List<SenderKey> written = new ArrayList<>();
    List<Rejected> named = new ArrayList<>(rejected);
    long blocked = 0;
    long untouched = 0;
    PreparedStatement upsert = tx.statements().of(UPSERT);
    for (Map.Entry<String, Optional<String>> entry : accepted.entrySet()) {
      SenderState state = known.getOrDefault(entry.getKey(), SenderState.UNKNOWN);
      if (isBlocked(state)) {
        blocked++;
        if (named.size() < SeedReport.MAX_NAMED) {
          named.add(new Rejected(entry.getKey(), DropReason.BLOCKED.wireName()));
        }
      } else if (state.allowed() == null || !state.allowed().inForceAt(now)) {
        upsert.setString(1, account.channel());
        upsert.setString(2, account.accountId());
        upsert.setString(3, entry.getKey());
        upsert.setLong(4, now.getEpochSecond());
        upsert.setString(5, entry.getValue().orElse(null));
        upsert.addBatch();
        written.add(new SenderKey(account.channel(), account.accountId(), entry.getKey()));
      } else {
        untouched++;
      }
    }
    upsert.executeBatch();
    lift(tx, known);
    AuditTrail.appendAll(tx, now, by, AuditAction.SEEDED, written);
    return new SeedReport(written.size() + untouched, List.copyOf(named), rejectedCount + blocked);
  }

  /** Whoever is let in by name is denied no longer. */
  private void lift(Transaction tx, Map<String, SenderState> known) throws SQLException {
    for (Map.Entry<String, SenderState> entry : known.entrySet()) {
      if (entry.getValue().refusal() != null && !isBlocked(entry.getValue())) {
        tx.run(
            "DELETE FROM pairing_blocked WHERE channel = ? AND account_id = ? AND sender_id = ?"
                + " AND denied_until IS NOT NULL",
            account.channel(),
            account.accountId(),
            entry.getKey());
      }
    }
  }

  private static boolean isBlocked(SenderState state) {
    return state.refusal() != null && state.refusal().reason() == DropReason.BLOCKED;
  }
}
