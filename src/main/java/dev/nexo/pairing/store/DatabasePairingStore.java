package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext.Hold.Route;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.PendingRequest.HeldMessages;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Implements the store of pairings in the database. Every change is one transaction; its event is
 * fired after the commit.
 */
@Component
class DatabasePairingStore implements PairingStore {

  private final Database database;
  private final PairingAdapterRegistry adapters;
  private final HeldReader held;
  private final PairingEvents events;
  private final IdSource ids;
  private final RequesterNotices notices;
  private final Clock clock;

  @Inject
  DatabasePairingStore(
      Database database,
      PairingAdapterRegistry adapters,
      HeldReader held,
      PairingEvents events,
      IdSource ids,
      RequesterNotices notices,
      Clock clock) {
    this.database = database;
    this.adapters = adapters;
    this.held = held;
    this.events = events;
    this.ids = ids;
    this.notices = notices;
    this.clock = clock;
  }

  @Override
  public Page<PendingRequest> pending(AccountFilter accounts, PageRequest page) {
    Instant now = clock.instant();
    Page<PendingRequest> found =
        database.read(session -> PendingStatements.page(session, accounts, page, now));
    return new Page<>(held.revealed(found.items()), found.next());
  }

  @Override
  public Optional<PendingRequest> pending(String requestId) {
    Instant now = clock.instant();
    Optional<PendingRequest> found =
        database.read(session -> PendingStatements.live(session, requestId, now));
    return held.revealed(found.stream().toList()).stream().findFirst();
  }

  @Override
  public Optional<HeldMessages> held(String codeOrRequestId) {
    Instant now = clock.instant();
    String reference = PairingCode.reference(codeOrRequestId);
    Optional<PendingEntity> found =
        database
            .read(session -> PendingStatements.find(session, reference))
            .filter(row -> row.liveAt(now));
    String requestId = found.map(row -> row.requestId).orElse(reference);
    List<HeldRow> rows =
        database.query(statements -> HeldStatements.rows(statements, requestId, found.isEmpty()));
    return found.isEmpty() && rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HeldMessages(
                requestId, messages(rows), rows.stream().anyMatch(HeldRow::isTooLarge)));
  }

  private List<HeldMessage> messages(List<HeldRow> rows) {
    return rows.stream().filter(row -> !row.isTooLarge()).map(held::message).toList();
  }

  @Override
  public Map<String, Long> pendingByChannel() {
    Instant now = clock.instant();
    return database.query(statements -> PendingStatements.countByChannel(statements, now));
  }

  @Override
  public List<ChannelAccount> accounts(int limit) {
    return database.query(statements -> AllowFromStatements.accounts(statements, limit));
  }

  @Override
  public boolean hasRows(AccountFilter accounts) {
    return database.query(statements -> AllowFromStatements.hasRows(statements, accounts));
  }

  @Override
  public Page<AllowedSender> allowed(AllowFilter filter, PageRequest page) {
    return database.read(session -> AllowFromStatements.page(session, filter, page));
  }

  @Override
  public List<AllowedSender> owners() {
    Instant now = clock.instant();
    return database.read(session -> AllowFromStatements.owners(session, now));
  }

  @Override
  public Page<BlockedSender> blocked(AccountFilter accounts, PageRequest page) {
    return database.query(statements -> BlockedStatements.page(statements, accounts, page));
  }

  @Override
  public Page<AuditEntry> audit(AuditFilter filter, PageRequest page) {
    return database.query(statements -> AuditTrail.page(statements, filter, page));
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
      String codeOrRequestId, AllowTerms terms, Boolean notify, Actor by) {
    Instant now = clock.instant();
    checkFuture(terms.expiresAt(), now);
    PendingOutcome outcome =
        decide(
            codeOrRequestId,
            AuditAction.APPROVED,
            now,
            (tx, request) -> admit(tx, request, terms, notify, by, now));
    if (outcome instanceof PendingOutcome.Done done) {
      events.fire(new PairingEvent.Approved(done.sender()));
    } else if (outcome instanceof PendingOutcome.Expired expired) {
      events.fire(new PairingEvent.ApprovalFailed(expired.sender().channel(), true));
    } else {
      events.fire(new PairingEvent.ApprovalFailed("", false));
    }
    return outcome;
  }

  /** Returns the held messages that the approving caller delivers. */
  private List<HeldRow> admit(
      Transaction tx,
      PendingEntity request,
      AllowTerms terms,
      Boolean notify,
      Actor by,
      Instant now)
      throws SQLException {
    SenderKey sender = request.key();
    AllowFromStatements.admit(tx, sender, terms, by, now);
    // Nexo has no blocks, so it may have given a blocked sender a code.
    BlockedStatements.delete(tx, sender);
    DroppedStatements.delete(tx, sender);
    notices.approved(tx, request, notify, now);
    String detail = AllowFromStatements.detail(terms.note(), terms);
    AuditTrail.append(tx, now, by, AuditAction.APPROVED, sender, detail, request.requestId);
    HeldStatements.release(tx, ids.nextUuid(), request.requestId, sender, now);
    return HeldStatements.rows(tx.statements(), request.requestId, true).stream()
        .filter(row -> row.route() == Route.CALLER)
        .toList();
  }

  @Override
  public PendingOutcome deny(String codeOrRequestId, boolean block, String reason, Actor by) {
    Instant now = clock.instant();
    PendingOutcome outcome =
        decide(
            codeOrRequestId,
            block ? AuditAction.BLOCKED : AuditAction.DENIED,
            now,
            (tx, request) -> {
              refuse(tx, request, block, reason, by, now);
              return List.of();
            });
    if (outcome instanceof PendingOutcome.Done done) {
      events.fire(new PairingEvent.Denied(done.sender(), block));
    }
    return outcome;
  }

  private void refuse(
      Transaction tx, PendingEntity request, boolean block, String reason, Actor by, Instant now)
      throws SQLException {
    SenderKey sender = request.key();
    Instant until = block ? null : now.plus(PendingEntity.LIFETIME);
    BlockedStatements.deny(tx, sender, until, reason, now);
    DroppedStatements.delete(tx, sender);
    if (block) {
      // A row that has expired, or that Nexo has added in addition to the request, must not become
      // active.
      AllowFromStatements.revoke(tx, sender, by, now);
      PendingStatements.deleteMessages(tx, sender);
    } else {
      notices.denied(tx, request, now);
    }
    HeldStatements.purgeOthers(tx, sender, request.requestId);
    AuditAction action = block ? AuditAction.BLOCKED : AuditAction.DENIED;
    AuditTrail.append(tx, now, by, action, sender, reason, request.requestId);
  }

  /**
   * Approves or denies a live request that the transaction has found and deleted, and returns the
   * held messages for the caller.
   */
  @FunctionalInterface
  private interface Step {
    List<HeldRow> apply(Transaction tx, PendingEntity request) throws SQLException;
  }

  private PendingOutcome decide(String typed, AuditAction action, Instant now, Step step) {
    record Decided(PendingOutcome outcome, List<HeldRow> held, int expired) {}

    String codeOrRequestId = PairingCode.reference(typed);

    Decided decided =
        database.write(
            tx -> {
              Optional<PendingEntity> found = PendingStatements.find(tx.session(), codeOrRequestId);
              if (found.isPresent() && found.get().liveAt(now)) {
                DecidedStatements.remember(tx, found.get(), action, now);
                PendingStatements.delete(tx, found.get());
                List<HeldRow> rows = step.apply(tx, found.get());
                Instant second = now.truncatedTo(ChronoUnit.SECONDS);
                return new Decided(new PendingOutcome.Done(found.get().key(), second), rows, 0);
              }
              int expired = PendingStatements.expire(tx, found.stream().toList(), now);
              notices.expired(tx, found.stream().toList(), now);
              PendingOutcome outcome =
                  PendingStatements.findExpired(tx.statements(), codeOrRequestId, now)
                      .<PendingOutcome>map(PendingOutcome.Expired::new)
                      .orElseGet(PendingOutcome.Unknown::new);
              return new Decided(outcome, List.of(), expired);
            });
    events.expired(decided.expired());
    return decided.outcome() instanceof PendingOutcome.Done done
        ? new PendingOutcome.Done(done.sender(), done.at(), messages(decided.held()))
        : decided.outcome();
  }

  @Override
  public Optional<AllowedSender> update(SenderKey sender, AllowTerms.Update change, Actor by) {
    Instant now = clock.instant();
    if (change.expiresAt() != null) {
      checkFuture(change.expiresAt().orElse(null), now);
    }
    Optional<AllowedSender> updated =
        database.write(tx -> AllowFromStatements.update(tx, sender, change, by, now));
    if (updated.isPresent()) {
      events.fire(new PairingEvent.AdmissionChanged(List.of(sender)));
    }
    return updated;
  }

  private static void checkFuture(Instant expiresAt, Instant now) {
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw new InvalidValueException("expires_at", "must be in the future");
    }
  }

  @Override
  public SeedReport seed(ChannelAccount account, List<SeedEntry> senders, Actor by) {
    if (senders.size() > MAX_SEED) {
      throw new InvalidValueException("sender_ids", "must have at most " + MAX_SEED + " elements");
    }
    Instant now = clock.instant();
    BulkAllow seeding = new BulkAllow(account, senders, adapters, ids);
    BulkAllow.Written written = database.write(tx -> seeding.write(tx, now, by));
    events.expired(written.expired());
    return written.report();
  }

  @Override
  public int revoke(SenderKey sender, Actor by) {
    Instant now = clock.instant();
    int revoked = database.write(tx -> AllowFromStatements.revoke(tx, sender, by, now));
    if (revoked > 0) {
      events.fire(new PairingEvent.AdmissionChanged(List.of(sender)));
    }
    return revoked;
  }

  @Override
  public List<SenderKey> revokeOnAllAccounts(String channel, String senderId, Actor by) {
    Instant now = clock.instant();
    List<SenderKey> revoked =
        database.write(
            tx -> AllowFromStatements.revokeOnAllAccounts(tx, channel, senderId, by, now));
    if (!revoked.isEmpty()) {
      events.fire(new PairingEvent.AdmissionChanged(revoked));
    }
    return revoked;
  }

  @Override
  public boolean moveGroup(SenderKey from, SenderKey to) {
    Instant now = clock.instant();
    boolean moved = database.write(tx -> GroupStatements.move(tx, from, to, now));
    if (moved) {
      events.fire(new PairingEvent.AdmissionChanged(List.of(from, to)));
    }
    return moved;
  }

  @Override
  public int block(SenderKey sender, String reason, Actor by) {
    if (reason != null && reason.length() > AllowTerms.MAX_NOTE) {
      throw new InvalidValueException(
          "reason", "must be at most " + AllowTerms.MAX_NOTE + " characters");
    }
    Instant now = clock.instant();
    record Done(int blocked, int revoked, int expired) {}
    Done done =
        database.write(
            tx -> {
              // Also if the sender is blocked already: Nexo has no blocks and may have added rows.
              int expired = PendingStatements.remove(tx, sender, now);
              int revoked = AllowFromStatements.revoke(tx, sender, by, now);
              int blocked = BlockedStatements.block(tx, sender, reason, now);
              DroppedStatements.delete(tx, sender);
              if (blocked > 0) {
                AuditTrail.append(tx, now, by, AuditAction.BLOCKED, sender, reason);
              }
              return new Done(blocked, revoked, expired);
            });
    if (done.blocked() > 0) {
      events.fire(new PairingEvent.Denied(sender, true));
    }
    if (done.revoked() > 0) {
      events.fire(new PairingEvent.AdmissionChanged(List.of(sender)));
    }
    events.expired(done.expired());
    return done.blocked();
  }

  /** Removes a block or denial. Fires no event, because refusals are not cached. */
  @Override
  public int unblock(SenderKey sender, Actor by) {
    Instant now = clock.instant();
    return database.write(
        tx -> {
          int lifted = BlockedStatements.lift(tx, sender, now);
          if (lifted > 0) {
            AuditTrail.append(tx, now, by, AuditAction.UNBLOCKED, sender, null);
          }
          return lifted;
        });
  }
}
