package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.PairingCodeGenerator;
import dev.nexo.pairing.store.ChallengeOutcome.Decided;
import dev.nexo.pairing.store.ChallengeOutcome.Pending;
import dev.nexo.pairing.store.ChallengeOutcome.SlotsFull;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the gate reads and writes. Thread-safe. A storage fault is a {@link
 * dev.nexo.pairing.StorageUnavailableException}, never an admission.
 */
@Component
public class GateStore {

  /** How many live requests one account may have. */
  public static final int SLOTS = 3;

  private final Database database;
  private final PairingCodeGenerator codes;
  private final IdSource ids;
  private final Clock clock;
  private final PairingEvents notices;

  @Inject
  GateStore(
      Database database,
      PairingCodeGenerator codes,
      IdSource ids,
      Clock clock,
      PairingEvents notices) {
    this.database = database;
    this.codes = codes;
    this.ids = ids;
    this.clock = clock;
    this.notices = notices;
  }

  /** What is known of a sender, from one read. */
  public SenderState lookUp(SenderKey sender) {
    Instant now = clock.instant();
    return database.query(statements -> SenderStateQuery.one(statements, sender, now));
  }

  /** The same for many senders of an account; those never heard of are left out. */
  public Map<String, SenderState> lookUp(ChannelAccount account, List<String> senderIds) {
    Instant now = clock.instant();
    return database.query(statements -> SenderStateQuery.many(statements, account, senderIds, now));
  }

  /**
   * What {@link #challenge} would find without changing anything: the request that is there, or
   * that all slots are taken, so that a stranger in a flood costs reads alone.
   *
   * @return empty where there is neither
   */
  public Optional<ChallengeOutcome> findOpen(SenderKey sender) {
    Instant now = clock.instant();
    return database.query(statements -> PendingRequestQuery.find(statements, sender, now));
  }

  /**
   * Makes a pending request, or finds the one that is there, in one transaction that also holds the
   * cap and, where the contact asks for it, puts the challenge into the outbox.
   */
  public ChallengeOutcome challenge(SenderKey sender, MessageContext contact) {
    Instant now = clock.instant();
    Attempt attempt = database.write(tx -> attempt(tx, sender, contact, now));
    notices.expired(attempt.expired());
    if (attempt.made() && attempt.outcome() instanceof Pending pending) {
      notices.fire(new PairingEvent.Challenged(pending.request()));
    }
    return attempt.outcome();
  }

  private record Attempt(ChallengeOutcome outcome, int expired, boolean made) {}

  private Attempt attempt(Transaction tx, SenderKey sender, MessageContext contact, Instant now)
      throws SQLException {
    int expired = 0;
    if (PendingRequestQuery.hasRunOut(tx.statements(), sender, now)) {
      expired =
          PendingStatements.expire(
              tx, PendingStatements.find(tx.session(), sender).stream().toList(), now);
    }
    SenderState state = SenderStateQuery.one(tx.statements(), sender, now);
    boolean allowed = state.allowed() != null && state.allowed().inForceAt(now);
    if (allowed || state.refusal() != null) {
      return new Attempt(new Decided(state), expired, false);
    }
    Optional<ChallengeOutcome> open = PendingRequestQuery.find(tx.statements(), sender, now);
    if (open.isPresent() && open.get() instanceof SlotsFull) {
      return new Attempt(open.get(), expired, false);
    }
    Pending pending =
        open.isPresent()
            ? (Pending) open.get()
            : new Pending(insert(tx, sender, contact, now), Delivery.NOT_ASKED);
    if (contact.deliver() && pending.delivery() == Delivery.NOT_ASKED) {
      PendingRequest request = pending.request();
      tx.session()
          .insert(
              OutboxEntity.of(
                  ids.nextUuid(), OutboxEntity.CHALLENGE, request.requestId(), sender, now));
      pending = new Pending(request, Delivery.QUEUED);
    }
    return new Attempt(pending, expired, open.isEmpty());
  }

  private PendingRequest insert(
      Transaction tx, SenderKey sender, MessageContext contact, Instant now) throws SQLException {
    PendingEntity row = new PendingEntity();
    row.channel = sender.channel();
    row.accountId = sender.accountId();
    row.senderId = sender.senderId();
    row.code = codes.next().value();
    row.createdAt = now.getEpochSecond();
    row.metaJson = contact.metaJson();
    row.requestId = ids.nextUuid();
    row.firstText = contact.text();
    tx.session().insert(row);
    AuditTrail.append(tx, now, Actor.GATE, AuditAction.CHALLENGED, sender, null, row.requestId);
    return row.toRequest();
  }
}
