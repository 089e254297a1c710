package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.FirstContact;
import dev.nexo.pairing.PairingNotice;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.config.IdSource;
import dev.nexo.pairing.store.ChallengeOutcome.Decided;
import dev.nexo.pairing.store.ChallengeOutcome.Pending;
import dev.nexo.pairing.store.ChallengeOutcome.SlotsFull;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * What the gate reads and writes. Thread-safe. A storage fault is a {@link
 * dev.nexo.pairing.StorageUnavailableException}, never an admission.
 */
@Component
public class Admissions {

  /** How many live requests one account may have. */
  public static final int SLOTS = 3;

  private final Database database;
  private final CodeSource codes;
  private final IdSource ids;
  private final Clock clock;
  private final Notices notices;

  @Inject
  Admissions(Database database, CodeSource codes, IdSource ids, Clock clock, Notices notices) {
    this.database = database;
    this.codes = codes;
    this.ids = ids;
    this.clock = clock;
    this.notices = notices;
  }

  /** What is known of a sender, from one read. */
  public SenderState lookUp(SenderKey sender) {
    Instant now = clock.instant();
    return database.query(statements -> SenderStates.one(statements, sender, now));
  }

  /** The same for many senders of an account; those never heard of are left out. */
  public Map<String, SenderState> lookUp(ChannelAccount account, List<String> senderIds) {
    Instant now = clock.instant();
    return database.query(statements -> SenderStates.many(statements, account, senderIds, now));
  }

  /**
   * What {@link #challenge} would find without changing anything: the request that is there, or
   * that all slots are taken, so that a stranger in a flood costs reads alone.
   *
   * @return empty where there is neither
   */
  public Optional<ChallengeOutcome> findOpen(SenderKey sender) {
    Instant now = clock.instant();
    return database.query(statements -> OpenRequests.find(statements, sender, now));
  }

  /**
   * Makes a pending request, or finds the one that is there, in one transaction that also holds the
   * cap and, where the contact asks for it, puts the challenge into the outbox.
   */
  public ChallengeOutcome challenge(SenderKey sender, FirstContact contact) {
    Instant now = clock.instant();
    Attempt attempt = database.write(session -> attempt(session, sender, contact, now));
    notices.expired(attempt.expired());
    if (attempt.made() && attempt.outcome() instanceof Pending pending) {
      notices.fire(new PairingNotice.Challenged(pending.request()));
    }
    return attempt.outcome();
  }

  private record Attempt(ChallengeOutcome outcome, int expired, boolean made) {}

  private Attempt attempt(
      StatelessSession session, SenderKey sender, FirstContact contact, Instant now) {
    List<PendingRow> old = PendingRows.expiredOf(session, account(sender), now);
    int expired = PendingRows.expire(session, old, now);
    SenderState state = session.doReturningWork(connection -> lookUp(connection, sender, now));
    boolean allowed = state.allowed() != null && state.allowed().inForceAt(now);
    if (allowed || state.refusal() != null) {
      return new Attempt(new Decided(state), expired, false);
    }
    Optional<PendingRow> there = PendingRows.find(session, sender);
    if (there.isEmpty() && PendingRows.countLive(session, account(sender), now) >= SLOTS) {
      return new Attempt(new SlotsFull(), expired, false);
    }
    PendingRow row = there.orElseGet(() -> insert(session, sender, contact, now));
    Delivery delivery = there.isEmpty() ? Delivery.NOT_ASKED : delivery(session, row.requestId);
    if (contact.deliver() && delivery == Delivery.NOT_ASKED) {
      session.insert(
          OutboxRows.entry(ids.nextUuid(), OutboxRow.CHALLENGE, row.requestId, sender, now));
      delivery = Delivery.QUEUED;
    }
    return new Attempt(new Pending(row.toRequest(), delivery), expired, there.isEmpty());
  }

  private static SenderState lookUp(Connection connection, SenderKey sender, Instant now)
      throws SQLException {
    try (KeptStatements statements = new KeptStatements(connection)) {
      return SenderStates.one(statements, sender, now);
    }
  }

  private PendingRow insert(
      StatelessSession session, SenderKey sender, FirstContact contact, Instant now) {
    PendingRow row = new PendingRow();
    row.channel = sender.channel();
    row.accountId = sender.accountId();
    row.senderId = sender.senderId();
    row.code = codes.next().value();
    row.createdAt = now.getEpochSecond();
    row.metaJson = contact.metaJson();
    row.requestId = ids.nextUuid();
    row.firstText = contact.text();
    session.insert(row);
    AuditTrail.append(session, now, Actor.GATE, "challenged", sender, null);
    return row;
  }

  private static Delivery delivery(StatelessSession session, String requestId) {
    return OutboxRows.challengeOf(session, requestId)
        .map(row -> row.sentAt == null ? Delivery.QUEUED : Delivery.SENT)
        .orElse(Delivery.NOT_ASKED);
  }

  private static ChannelAccount account(SenderKey sender) {
    return new ChannelAccount(sender.channel(), sender.accountId());
  }
}
