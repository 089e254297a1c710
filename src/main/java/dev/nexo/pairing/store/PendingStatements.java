package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.RequesterNotice;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** Reads and changes pending requests, and those that expired within the last 24 hours. */
final class PendingStatements {

  /** How long an expired code is kept, so that it is reported as expired and not as unknown. */
  static final Duration EXPIRED_KEPT = Duration.ofHours(24);

  /** The outbox message that sends a stranger the code. */
  static final String CHALLENGE = "challenge";

  /** The outbox message that sends a stranger the code alone. */
  static final String CODE = "code";

  private static final String APPROVED = RequesterNotice.APPROVED.wireName();

  private static final String ORDER = "created_at, channel, account_id, sender_id";

  private static final String REMEMBER =
      "INSERT INTO pairing_expired"
          + " (request_id, code, channel, account_id, sender_id, expired_at, number)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (request_id)"
          + " DO UPDATE SET code = excluded.code, channel = excluded.channel,"
          + " account_id = excluded.account_id, sender_id = excluded.sender_id,"
          + " expired_at = excluded.expired_at, number = excluded.number";

  private static final String QUEUE =
      "INSERT INTO pairing_outbox"
          + " (id, request_id, kind, channel, account_id, sender_id, created_at, due_at,"
          + " account_named, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (request_id, kind, target) DO NOTHING";

  private static final String NUMBER =
      "SELECT number FROM pairing_pending WHERE channel = ? AND account_id = ? AND sender_id = ?";

  /** A reference that is the number of a request. Longer numbers do not fit into a long. */
  private static final Pattern NUMBERED = Pattern.compile("#[0-9]{1,18}");

  private PendingStatements() {}

  /** Returns the request of a sender, live or expired. */
  static Optional<PendingEntity> find(Transaction tx, SenderKey sender) {
    return Optional.ofNullable((PendingEntity) tx.session().get(PendingEntity.class, sender));
  }

  /** Returns the number that the database gave to a request that was just inserted. */
  static long number(Transaction tx, SenderKey sender) throws SQLException {
    return tx.statements().first(NUMBER, row -> row.getLong(1), sender).orElseThrow();
  }

  private static boolean isNumber(String reference) {
    return NUMBERED.matcher(reference).matches();
  }

  /** Returns the request that a {@linkplain PairingCode#reference reference} names. */
  static Optional<PendingEntity> find(StatelessSession session, String reference) {
    if (isNumber(reference)) {
      return find(session, "number", Long.valueOf(reference.substring(1)));
    }
    Optional<PairingCode> code = PairingCode.parse(reference);
    return code.isPresent()
        ? find(session, "code", code.get().value())
        : find(session, "requestId", reference);
  }

  private static Optional<PendingEntity> find(
      StatelessSession session, String attribute, Object value) {
    return session
        .createSelectionQuery(
            "from PendingEntity where " + attribute + " = :value", PendingEntity.class)
        .setParameter("value", value)
        .uniqueResultOptional();
  }

  /** Returns the live request with this id or, in the form {@code #12}, this number. */
  static Optional<PendingRequest> live(StatelessSession session, String requestId, Instant now) {
    Optional<PendingEntity> found =
        requestId.startsWith("#")
            ? find(session, PairingCode.reference(requestId))
            : find(session, "requestId", requestId);
    return found.filter(row -> row.liveAt(now)).map(PendingEntity::toRequest);
  }

  static Page<PendingRequest> page(
      StatelessSession session, AccountFilter accounts, PageRequest page, Instant now) {
    PagedQuery query =
        new PagedQuery("pairing_pending")
            .where("created_at > ?", PendingEntity.newestExpired(now))
            .of(accounts);
    if (page.cursor() != null) {
      List<String> key = Cursor.read("pending", 4, page.cursor());
      query.where(
          "(" + ORDER + ") > (?, ?, ?, ?)",
          Cursor.number(key.get(0)),
          key.get(1),
          key.get(2),
          key.get(3));
    }
    return PagedQuery.page(
        query.entities(session, PendingEntity.class, ORDER, page.limit() + 1).stream()
            .map(PendingEntity::toRequest)
            .toList(),
        page,
        PendingStatements::cursor);
  }

  private static String cursor(PendingRequest request) {
    SenderKey sender = request.sender();
    return Cursor.after(
        "pending",
        request.createdAt().getEpochSecond(),
        sender.channel(),
        sender.accountId(),
        sender.senderId());
  }

  static Map<String, Long> countByChannel(StatementCache statements, Instant now)
      throws SQLException {
    return statements
        .list(
            "SELECT channel, count(*) FROM pairing_pending WHERE created_at > ? GROUP BY channel",
            row -> Map.entry(row.getString(1), row.getLong(2)),
            PendingEntity.newestExpired(now))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns the sender of the named request if it expired within the last 24 hours. */
  static Optional<SenderKey> findExpired(StatementCache statements, String reference, Instant now)
      throws SQLException {
    boolean numbered = isNumber(reference);
    Optional<PairingCode> code = numbered ? Optional.empty() : PairingCode.parse(reference);
    return statements.first(
        "SELECT channel, account_id, sender_id FROM pairing_expired WHERE "
            + (numbered ? "number" : code.isPresent() ? "code" : "request_id")
            + " = ? AND expired_at > ? ORDER BY expired_at DESC LIMIT 1",
        row -> new SenderKey(row.getString(1), row.getString(2), row.getString(3)),
        numbered
            ? (Object) Long.valueOf(reference.substring(1))
            : code.map(PairingCode::value).orElse(reference),
        now.minus(EXPIRED_KEPT).getEpochSecond());
  }

  /**
   * Moves expired requests to {@code pairing_expired} and audits them. Returns how many, so that
   * the caller can report each once.
   */
  static int expire(Transaction tx, List<PendingEntity> rows, Instant now) throws SQLException {
    for (PendingEntity row : rows) {
      tx.run(
          REMEMBER,
          row.requestId,
          row.code,
          row.key(),
          row.createdAt + PendingEntity.LIFETIME.toSeconds(),
          row.number);
      delete(tx, row);
      HeldStatements.purge(tx, row.requestId);
      AuditTrail.append(tx, now, Actor.GATE, AuditAction.EXPIRED, row.key(), null, row.requestId);
    }
    return rows.size();
  }

  /** Deletes a request, and its messages that are still in the outbox. */
  static void delete(Transaction tx, PendingEntity row) throws SQLException {
    tx.run(
        "DELETE FROM pairing_pending WHERE channel = ? AND account_id = ? AND sender_id = ?",
        row.key());
    tx.run("DELETE FROM pairing_outbox WHERE request_id = ? AND sent_at IS NULL", row.requestId);
  }

  /**
   * Removes the request of a sender who is being blocked, and every message to the sender that is
   * still in the outbox. Returns 1 if the request was expired, to be reported as such, or 0.
   */
  static int remove(Transaction tx, SenderKey sender, Instant now) throws SQLException {
    Optional<PendingEntity> request = find(tx, sender);
    int expired = 0;
    if (request.isPresent() && request.get().liveAt(now)) {
      delete(tx, request.get());
    } else {
      expired = expire(tx, request.stream().toList(), now);
    }
    HeldStatements.purge(tx, sender);
    deleteMessages(tx, sender);
    return expired;
  }

  /** Deletes the messages to a sender that are still in the outbox, for example an approval. */
  static void deleteMessages(Transaction tx, SenderKey sender) throws SQLException {
    tx.run(
        "DELETE FROM pairing_outbox WHERE channel = ? AND account_id = ? AND sender_id = ?"
            + " AND sent_at IS NULL",
        sender);
  }

  /**
   * Puts a message about a request to its sender into the outbox, due now, unless the request has
   * one of this kind. Never one to a group, because everybody in it would read it.
   */
  static void queue(Transaction tx, String id, String kind, PendingEntity request, Instant now)
      throws SQLException {
    if (request.key().isGroup()) {
      return;
    }
    boolean held = kind.equals(APPROVED) && HeldStatements.anyDelivered(tx, request.requestId);
    long millis = now.toEpochMilli();
    tx.run(
        QUEUE,
        id,
        request.requestId,
        kind,
        request.key(),
        millis,
        millis,
        request.accountNamed,
        MessageDetails.of(request.toRequest(), held).toJson());
  }
}
