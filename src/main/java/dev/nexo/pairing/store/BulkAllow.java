package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SeedReport.Rejected;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.spi.SenderVerdict;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Admits many senders in one call: normalizes them outside the transaction and writes one batch.
 */
final class BulkAllow {

  private static final String UPSERT =
      "INSERT INTO pairing_allow_from"
          + " (channel, account_id, sender_id, approved_at, approved_via, note,"
          + " role, labels, idle_secs, members_only)"
          + " VALUES (?, ?, ?, ?, 'seed', ?, ?, ?, ?, ?)"
          + " ON CONFLICT (channel, account_id, sender_id) DO UPDATE SET"
          + " approved_at = excluded.approved_at, approved_via = 'seed', revoked_at = NULL,"
          + " expires_at = NULL, note = COALESCE(excluded.note, pairing_allow_from.note),"
          + " role = excluded.role, labels = excluded.labels, idle_secs = excluded.idle_secs,"
          + " members_only = CASE WHEN excluded.members_only = 1 THEN 1"
          + " ELSE pairing_allow_from.members_only END";

  private final ChannelAccount account;
  private final IdSource ids;

  /** The canonical ids with their entries, in the given order. */
  private final Map<String, SeedEntry> accepted = new LinkedHashMap<>();

  private final List<Rejected> rejected = new ArrayList<>();
  private long rejectedCount;

  /** Normalizes all senders. This may take time, so no transaction is open yet. */
  BulkAllow(
      ChannelAccount account,
      List<SeedEntry> senders,
      PairingAdapterRegistry adapters,
      IdSource ids) {
    this.account = account;
    this.ids = ids;
    PatientAdapters patient = new PatientAdapters(adapters);
    for (SeedEntry sender : senders) {
      String raw = sender.senderId();
      Optional<SenderVerdict> verdict = patient.assess(account.channel(), raw);
      if (verdict.isEmpty()) {
        reject(raw, DropReason.ADAPTER_UNAVAILABLE.wireName());
      } else if (verdict.get().canonical() == null) {
        reject(raw, verdict.get().reason());
      } else if (verdict.get().kind() == SenderVerdict.Kind.GROUP && sender.role() == Role.OWNER) {
        // Every member could approve others.
        reject(raw, SenderVerdict.GROUP_REASON);
      } else {
        accepted.put(verdict.get().canonical(), sender);
      }
    }
  }

  private void reject(String senderId, String reason) {
    rejectedCount++;
    if (rejected.size() < SeedReport.MAX_NAMED) {
      rejected.add(new Rejected(senderId, reason));
    }
  }

  /**
   * The result of a transaction.
   *
   * @param expired the number of expired pending requests that it found on the account
   */
  record Written(SeedReport report, int expired) {}

  /** Admits the senders that are not blocked, and removes their pending requests. */
  Written write(Transaction tx, Instant now, Actor by) throws SQLException {
    List<PendingEntity> requests =
        tx.session()
            .createSelectionQuery(
                "from PendingEntity where channel = :channel and accountId = :account",
                PendingEntity.class)
            .setParameter("channel", account.channel())
            .setParameter("account", account.accountId())
            .getResultList();
    SeedReport report = admit(tx, now, by);
    int expired = 0;
    for (PendingEntity row : requests) {
      if (!row.liveAt(now)) {
        expired += PendingStatements.expire(tx, List.of(row), now);
      } else if (accepted.containsKey(row.senderId)) {
        PendingStatements.delete(tx, row);
        HeldStatements.release(tx, ids.nextUuid(), row.requestId, row.key(), now);
      }
    }
    return new Written(report, expired);
  }

  private SeedReport admit(Transaction tx, Instant now, Actor by) throws SQLException {
    Map<String, SenderState> known =
        SenderState.many(tx.statements(), account, List.copyOf(accepted.keySet()), now);
    Map<SenderKey, String> written = new LinkedHashMap<>();
    List<Rejected> named = new ArrayList<>(rejected);
    long blocked = 0;
    long untouched = 0;
    for (Map.Entry<String, SeedEntry> entry : accepted.entrySet()) {
      String senderId = entry.getKey();
      SenderState state = known.getOrDefault(senderId, SenderState.UNKNOWN);
      SenderKey sender = new SenderKey(account.channel(), account.accountId(), senderId);
      boolean refused = state.refusal() != null;
      if (refused && state.refusal().reason() == DropReason.BLOCKED) {
        blocked++;
        if (named.size() < SeedReport.MAX_NAMED) {
          named.add(new Rejected(senderId, DropReason.BLOCKED.wireName()));
        }
        continue;
      }
      if (refused) {
        BlockedStatements.delete(tx, sender);
      }
      if (state.isAllowedAt(now)) {
        untouched++;
        continue;
      }
      AllowTerms terms = entry.getValue().terms();
      tx.statements()
          .bind(
              UPSERT,
              sender,
              now.getEpochSecond(),
              terms.note(),
              terms.role().wireName(),
              AllowEntity.json(terms.labels()),
              terms.idle() == null ? null : terms.idle().toSeconds(),
              terms.membersOnly() ? 1 : 0)
          .addBatch();
      // The notes are in the rows, as for all lists.
      written.put(sender, AllowFromStatements.detail(null, terms));
    }
    tx.statements().of(UPSERT).executeBatch();
    DroppedStatements.delete(tx, account, written.keySet());
    AuditTrail.appendAll(tx, now, by, AuditAction.SEEDED, written);
    return new SeedReport(written.size() + untouched, List.copyOf(named), rejectedCount + blocked);
  }
}
