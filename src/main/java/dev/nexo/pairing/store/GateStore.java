package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.MessageContext.Hold;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.json.ClaimedLanguage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.PairingCodeGenerator;
import dev.nexo.pairing.store.ChallengeOutcome.BudgetUsed;
import dev.nexo.pairing.store.ChallengeOutcome.Decided;
import dev.nexo.pairing.store.ChallengeOutcome.Pending;
import dev.nexo.pairing.store.ChallengeOutcome.SlotsFull;
import dev.nexo.pairing.store.MessageSealer.Seal;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes what the gate needs for its decisions. Thread-safe. If the database fails, every
 * method throws {@link dev.nexo.pairing.StorageUnavailableException}; a failure never admits a
 * sender.
 */
@Component
public class GateStore {

  /** The maximum number of live requests of one account. */
  public static final int SLOTS = 3;

  /** One statement through JDBC, because it runs for every message of a flood of strangers. */
  private static final String OPEN =
      "SELECT (SELECT count(*) FROM pairing_pending"
          + " WHERE channel = ? AND account_id = ? AND created_at > ?),"
          + " p.request_id, p.number, p.code, p.created_at, p.first_text, p.meta_json, o.id, o.sent_at,"
          + " p.silent, b.challenges, b.reported,"
          + " (SELECT count(*) FROM pairing_held WHERE request_id = p.request_id AND seq > 0),"
          + " (SELECT count(*) FROM pairing_held WHERE request_id = p.request_id AND seq = 0)"
          + " FROM (SELECT 1 AS one) AS always"
          + " LEFT JOIN pairing_pending p ON p.channel = ? AND p.account_id = ?"
          + " AND p.sender_id = ? AND p.created_at > ?"
          + " LEFT JOIN pairing_outbox o ON o.request_id = p.request_id AND o.kind = 'challenge'"
          + " LEFT JOIN pairing_challenge_budget b ON b.channel = ? AND b.account_id = ? AND "
          + ChallengeBudget.CURRENT;

  private static final String HAS_EXPIRED =
      "SELECT 1 FROM pairing_pending"
          + " WHERE channel = ? AND account_id = ? AND sender_id = ? AND created_at <= ?";

  private final Database database;
  private final PairingCodeGenerator codes;
  private final MessageSealer sealer;
  private final HeldReader held;
  private final IdSource ids;
  private final Clock clock;
  private final PairingEvents events;
  private final Texts texts;

  @Inject
  GateStore(
      Database database,
      PairingCodeGenerator codes,
      MessageSealer sealer,
      HeldReader held,
      IdSource ids,
      Clock clock,
      PairingEvents events,
      Texts texts) {
    this.database = database;
    this.codes = codes;
    this.sealer = sealer;
    this.held = held;
    this.ids = ids;
    this.clock = clock;
    this.events = events;
    this.texts = texts;
  }

  /** Reads the state of a sender, with one statement. */
  public SenderState lookUp(SenderKey sender) {
    Instant now = clock.instant();
    return database.query(statements -> SenderState.one(statements, sender, now));
  }

  /** Reads the states of many senders of an account; senders without a row are left out. */
  public Map<String, SenderState> lookUp(ChannelAccount account, List<String> senderIds) {
    Instant now = clock.instant();
    return database.query(statements -> SenderState.many(statements, account, senderIds, now));
  }

  /**
   * Finds the live request of a sender, or why there can be none now; empty if {@link #challenge}
   * would create a request. Changes nothing, so that a flood of strangers only reads.
   *
   * @param perHour the maximum number of challenges of the account within an hour
   */
  public Optional<ChallengeOutcome> findOpen(SenderKey sender, int perHour) {
    Instant now = clock.instant();
    return database
        .query(statements -> findOpen(statements, sender, perHour, now))
        .map(
            found ->
                found instanceof Pending pending
                    ? pending.with(held.revealed(List.of(pending.request())).get(0))
                    : found);
  }

  private static Optional<ChallengeOutcome> findOpen(
      StatementCache statements, SenderKey sender, int perHour, Instant now) throws SQLException {
    long expired = PendingEntity.newestExpired(now);
    Object[] span = ChallengeBudget.span(now);
    return statements.first(
        OPEN,
        row -> {
          if (row.getString(2) != null) {
            PendingRequest request =
                PendingEntity.request(
                    row.getString(2),
                    row.getLong(3),
                    sender,
                    row.getString(4),
                    row.getLong(5),
                    row.getString(6),
                    row.getString(7));
            return new Pending(request, delivery(row), row.getInt(13), row.getInt(14) > 0);
          }
          // The budget first: if it is used up, a free slot would not help.
          if (row.getInt(11) >= perHour) {
            return new BudgetUsed(row.getInt(12) != 0);
          }
          return row.getInt(1) >= SLOTS ? new SlotsFull() : null;
        },
        sender.channel(),
        sender.accountId(),
        expired,
        sender,
        expired,
        sender.channel(),
        sender.accountId(),
        span[0],
        span[1]);
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    if (row.getInt(10) != 0) {
      return Delivery.SILENT;
    }
    if (row.getString(8) == null) {
      return Delivery.NOT_ASKED;
    }
    row.getLong(9);
    return row.wasNull() ? Delivery.QUEUED : Delivery.SENT;
  }

  /**
   * Creates a pending request or finds the live one. A transaction is needed only if the request is
   * new, its challenge is to be queued, or the message is to be held. The same transaction enforces
   * the cap, the budget and the limit of held messages and, if the message asks for delivery and is
   * not silent, puts the challenge into the outbox.
   *
   * @param perHour the maximum number of challenges of the account within an hour
   */
  public ChallengeOutcome challenge(SenderKey sender, MessageContext contact, int perHour) {
    Instant now = clock.instant();
    Optional<ChallengeOutcome> open =
        database.query(statements -> findOpen(statements, sender, perHour, now));
    Optional<Seal> seal = seal(open, contact.hold());
    if (open.isPresent() && seal.isEmpty() && !isUndelivered(open.get(), contact)) {
      return open.get();
    }
    Attempt attempt = database.write(tx -> attempt(tx, sender, contact, seal, perHour, now));
    events.expired(attempt.expired());
    if (attempt.created() && attempt.outcome() instanceof Pending pending) {
      events.fire(new PairingEvent.Challenged(pending.request()));
    }
    return attempt.outcome();
  }

  /**
   * Returns what encrypts a message that is to be held. Not within the transaction, because the
   * first key is made in a transaction of its own.
   */
  private Optional<Seal> seal(Optional<ChallengeOutcome> open, Hold message) {
    if (message == null) {
      return Optional.empty();
    }
    boolean room =
        open.isEmpty() || (open.get() instanceof Pending pending && pending.hasRoomFor(message));
    return room ? sealer.active() : Optional.empty();
  }

  private static boolean isUndelivered(ChallengeOutcome found, MessageContext contact) {
    return contact.deliver()
        && !contact.silent()
        && found instanceof Pending pending
        && pending.delivery() == Delivery.NOT_ASKED;
  }

  private record Attempt(ChallengeOutcome outcome, int expired, boolean created) {}

  /**
   * Records that strangers of the sender's account are dropped because of its budget. Returns
   * whether this is the first time within the hour, on all servers.
   */
  public boolean reportBudget(SenderKey sender) {
    Instant now = clock.instant();
    return database.write(tx -> ChallengeBudget.report(tx, sender, now));
  }

  /** Returns the accounts that have dropped strangers because of their budget in this hour. */
  public List<UsedBudget> usedBudgets(int limit) {
    Instant now = clock.instant();
    return database.query(statements -> ChallengeBudget.reported(statements, now, limit));
  }

  private Attempt attempt(
      Transaction tx,
      SenderKey sender,
      MessageContext contact,
      Optional<Seal> seal,
      int perHour,
      Instant now)
      throws SQLException {
    int expired = expire(tx, sender, now);
    SenderState state = SenderState.one(tx.statements(), sender, now);
    if (state.isAllowedAt(now) || state.refusal() != null) {
      return new Attempt(new Decided(state), expired, false);
    }
    Optional<ChallengeOutcome> open = findOpen(tx.statements(), sender, perHour, now);
    if (open.isPresent() && !(open.get() instanceof Pending)) {
      return new Attempt(open.get(), expired, false);
    }
    Pending pending =
        open.isPresent()
            ? (Pending) open.get()
            : create(tx, sender, contact, seal.isPresent(), now);
    PendingRequest request = pending.request();
    if (isUndelivered(pending, contact)) {
      PendingEntity row = PendingStatements.find(tx, sender).orElseThrow();
      PendingStatements.queue(tx, ids.nextUuid(), PendingStatements.CHALLENGE, row, now);
      String language = ClaimedLanguage.in(row.metaJson).orElse(null);
      if (texts.sendsCodeAlone(sender.channel(), sender.accountId(), language)) {
        PendingStatements.queue(tx, ids.nextUuid(), PendingStatements.CODE, row, now);
      }
      pending = pending.with(Delivery.QUEUED);
    }
    if (seal.isPresent()) {
      HeldStatements.hold(tx, request.requestId(), sender, contact.hold(), seal.get(), now);
    }
    return new Attempt(pending, expired, open.isEmpty());
  }

  /** Moves the sender's request to the expired ones if the sweeper has not done so yet. */
  private static int expire(Transaction tx, SenderKey sender, Instant now) throws SQLException {
    boolean hasExpired =
        tx.statements()
            .first(HAS_EXPIRED, row -> true, sender, PendingEntity.newestExpired(now))
            .isPresent();
    return hasExpired
        ? PendingStatements.expire(tx, PendingStatements.find(tx, sender).stream().toList(), now)
        : 0;
  }

  /**
   * Creates a request.
   *
   * @param sealed whether the message is encrypted; if so, the row does not contain its text
   */
  private Pending create(
      Transaction tx, SenderKey sender, MessageContext contact, boolean sealed, Instant now)
      throws SQLException {
    ChallengeBudget.count(tx, sender, now);
    // The new code would contradict a late message that the previous one has expired.
    RequesterNotices.forgetExpiry(tx, sender);
    PendingRequest request = insert(tx, sender, contact, sealed, now);
    Delivery delivery = contact.silent() ? Delivery.SILENT : Delivery.NOT_ASKED;
    return new Pending(request.withText(contact.text()), delivery, 0, false);
  }

  private PendingRequest insert(
      Transaction tx, SenderKey sender, MessageContext contact, boolean sealed, Instant now)
      throws SQLException {
    PendingEntity row = new PendingEntity();
    row.channel = sender.channel();
    row.accountId = sender.accountId();
    row.senderId = sender.senderId();
    row.code = codes.next().value();
    row.createdAt = now.getEpochSecond();
    row.metaJson = contact.metaJson();
    row.requestId = ids.nextUuid();
    row.firstText = sealed ? null : contact.text();
    row.accountNamed = contact.accountNamed() ? 1 : 0;
    row.silent = contact.silent() ? 1 : 0;
    tx.session().insert(row);
    row.number = PendingStatements.number(tx, sender);
    AuditTrail.append(tx, now, Actor.GATE, AuditAction.CHALLENGED, sender, null, row.requestId);
    return row.toRequest();
  }
}
