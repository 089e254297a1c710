package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowTermsUpdate;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators do: every change one transaction, told of once it is committed. */
@Component
class DatabasePairingStore implements PairingStore {

  private final Database database;
  private final PendingDecisions decisions;
  private final SenderBlocker blocking;
  private final PairingAdapterRegistry adapters;
  private final PairingEvents notices;
  private final Clock clock;

  @Inject
  DatabasePairingStore(
      Database database,
      PendingDecisions decisions,
      SenderBlocker blocking,
      PairingAdapterRegistry adapters,
      PairingEvents notices,
      Clock clock) {
    this.database = database;
    this.decisions = decisions;
    this.blocking = blocking;
    this.adapters = adapters;
    this.notices = notices;
    this.clock = clock;
  }

  @Override
  public Page<PendingRequest> pending(AccountFilter accounts, PageRequest page) {
    Instant now = clock.instant();
    return database.read(session -> OperatorQueries.pending(session, accounts, page, now));
  }

  @Override
  public Optional<PendingRequest> pending(String requestId) {
    Instant now = clock.instant();
    return database.read(session -> PendingStatements.live(session, requestId, now));
  }

  @Override
  public Map<String, Long> pendingByChannel() {
    Instant now = clock.instant();
    return database.read(session -> OperatorQueries.pendingByChannel(session, now));
  }

  @Override
  public List<ChannelAccount> accounts(int limit) {
    return database.read(session -> OperatorQueries.accounts(session, limit));
  }

  @Override
  public Page<AllowedSender> allowed(AllowFilter filter, PageRequest page) {
    return database.read(session -> AllowFromStatements.page(session, filter, page));
  }

  @Override
  public Page<AuditEntry> audit(AuditFilter filter, PageRequest page) {
    return database.read(session -> OperatorQueries.audit(session, filter, page));
  }

  @Override
  public List<AuditEntry> auditAfter(long id, int limit) {
    return database.query(statements -> AuditTrail.after(statements, id, limit));
  }

  @Override
  public long newestAuditId() {
    return database.query(AuditTrail::newest);
  }

  @Override
  public PendingOutcome approve(
      String codeOrRequestId, AllowTerms terms, boolean notify, Actor by) {
    Instant now = clock.instant();
    checkFuture(terms.expiresAt(), now);
    PendingOutcome outcome =
        decisions.decide(
            codeOrRequestId, now, (tx, row) -> decisions.approve(tx, row, terms, notify, by, now));
    if (outcome instanceof PendingOutcome.Done done) {
      notices.fire(new PairingEvent.Approved(done.sender()));
    } else if (outcome instanceof PendingOutcome.Expired expired) {
      notices.fire(new PairingEvent.ApprovalFailed(expired.sender().channel(), true));
    } else {
      notices.fire(new PairingEvent.ApprovalFailed("", false));
    }
    return outcome;
  }

  @Override
  public PendingOutcome deny(String codeOrRequestId, boolean block, String reason, Actor by) {
    Instant now = clock.instant();
    PendingOutcome outcome =
        decisions.decide(
            codeOrRequestId, now, (tx, row) -> decisions.deny(tx, row, block, reason, by, now));
    if (outcome instanceof PendingOutcome.Done done) {
      notices.fire(new PairingEvent.Denied(done.sender(), block));
    }
    return outcome;
  }

  @Override
  public Optional<AllowedSender> update(SenderKey sender, AllowTermsUpdate change, Actor by) {
    Instant now = clock.instant();
    if (change.expiresAt() != null) {
      checkFuture(change.expiresAt().orElse(null), now);
    }
    Optional<AllowedSender> updated = database.write(tx -> update(tx, sender, change, by, now));
    if (updated.isPresent()) {
      notices.fire(new PairingEvent.AdmissionChanged(List.of(sender)));
    }
    return updated;
  }

  private static Optional<AllowedSender> update(
      Transaction tx, SenderKey sender, AllowTermsUpdate change, Actor by, Instant now)
      throws SQLException {
    AllowEntity row = (AllowEntity) tx.session().get(AllowEntity.class, sender);
    if (row == null) {
      return Optional.empty();
    }
    AllowTerms terms = change.applyTo(new AllowTerms(AllowEntity.time(row.expiresAt), row.note));
    row.expiresAt = terms.expiresAt() == null ? null : terms.expiresAt().getEpochSecond();
    row.note = terms.note();
    tx.session().update(row);
    String until = terms.expiresAt() == null ? "for good" : "until " + terms.expiresAt();
    AuditTrail.append(tx, now, by, AuditAction.UPDATED, sender, until);
    return Optional.of(row.toAllowed());
  }

  @Override
  public SeedReport seed(ChannelAccount account, List<SeedEntry> senders, Actor by) {
    if (senders.size() > MAX_SEED) {
      throw new InvalidValueException("sender_ids", "must be at most " + MAX_SEED + " at once");
    }
    Instant now = clock.instant();
    BulkAllow seeding = new BulkAllow(account, senders, adapters);
    record Seeded(SeedReport report, int expired) {}
    Seeded seeded =
        database.write(
            tx -> {
              List<PendingEntity> answered =
                  tx.session()
                      .createSelectionQuery(
                          "from PendingEntity where channel = :channel and accountId = :account",
                          PendingEntity.class)
                      .setParameter("channel", account.channel())
                      .setParameter("account", account.accountId())
                      .getResultList();
              SeedReport report = seeding.write(tx, now, by);
              int expired = 0;
              for (PendingEntity row : answered) {
                if (!row.liveAt(now)) {
                  expired += PendingStatements.expire(tx, List.of(row), now);
                } else if (seeding.takes(row.senderId)) {
                  PendingStatements.delete(tx, row);
                }
              }
              return new Seeded(report, expired);
            });
    notices.expired(seeded.expired());
    return seeded.report();
  }

  @Override
  public int revoke(SenderKey sender, Actor by) {
    Instant now = clock.instant();
    int revoked = database.write(tx -> AllowFromStatements.revoke(tx, sender, by, now));
    if (revoked > 0) {
      notices.fire(new PairingEvent.AdmissionChanged(List.of(sender)));
    }
    return revoked;
  }

  @Override
  public List<SenderKey> revokeOnAllAccounts(String channel, String senderId, Actor by) {
    Instant now = clock.instant();
    List<SenderKey> revoked =
        database.write(
            tx -> {
              List<SenderKey> rows =
                  AllowFromStatements.onAllAccounts(tx.session(), channel, senderId);
              for (SenderKey row : rows) {
                AllowFromStatements.revoke(tx, row, by, now);
              }
              return rows;
            });
    if (!revoked.isEmpty()) {
      notices.fire(new PairingEvent.AdmissionChanged(revoked));
    }
    return revoked;
  }

  @Override
  public Page<BlockedSender> blocked(AccountFilter accounts, PageRequest page) {
    return database.read(session -> BlockedStatements.page(session, accounts, page));
  }

  @Override
  public int block(SenderKey sender, String reason, Actor by) {
    return blocking.block(sender, reason, by);
  }

  @Override
  public int unblock(SenderKey sender, Actor by) {
    return blocking.unblock(sender, by);
  }

  private static void checkFuture(Instant expiresAt, Instant now) {
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw new InvalidValueException("expires_at", "must lie in the future");
    }
  }
}
