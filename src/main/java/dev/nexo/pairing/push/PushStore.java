package dev.nexo.pairing.push;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.internal.OperatorCredential;
import dev.nexo.pairing.internal.PushNotices;
import dev.nexo.pairing.internal.PushNotices.Subscription;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.AuditTrail;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores the subscribed browsers, and the tokens of their notifications by their SHA-256. A
 * subscription is valid as long as the operator's password and the signing key stay the same.
 * Thread-safe.
 */
@Component
class PushStore implements Sweep {

  private static final String COLUMNS =
      "SELECT id, label, name, endpoint, created_at, delivered_at, bond, p256dh, auth, contact"
          + " FROM pairing_push";

  private static final String PUT =
      "INSERT INTO pairing_push (id, label, name, endpoint, created_at, bond, p256dh, auth, contact)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
          + " label = excluded.label, name = excluded.name, bond = excluded.bond,"
          + " p256dh = excluded.p256dh, auth = excluded.auth, contact = excluded.contact";

  private static final String EXPIRED = " FROM pairing_push_token WHERE expires_at <= ?";

  /**
   * A token of a notification.
   *
   * @param requestId the request that it decides
   * @param number the request's number
   * @param subscription the browser that it was sent to
   * @param expiresAt when it expires
   */
  record Token(String requestId, long number, String subscription, Instant expiresAt) {}

  private final Database database;
  private final PushKey key;

  /** Absent in a module without accounts, where nobody subscribes. */
  private final Instance<OperatorCredential> credential;

  private final Clock clock;

  @Inject
  PushStore(Database database, PushKey key, Instance<OperatorCredential> credential, Clock clock) {
    this.database = database;
    this.key = key;
    this.credential = credential;
    this.clock = clock;
  }

  /** Returns all subscriptions, oldest first. */
  List<PushSubscription> list() {
    // Without subscriptions no signing key is needed, so none is made.
    if (database.query(sql -> sql.first(COLUMNS + " LIMIT 1", row -> true)).isEmpty()) {
      return List.of();
    }
    Optional<String> password = password();
    return database.query(
        sql -> sql.list(COLUMNS + " ORDER BY created_at, id", row -> subscription(row, password)));
  }

  /** Returns a valid subscription; empty if it has ended. */
  Optional<PushSubscription> valid(String id) {
    Optional<String> password = password();
    return database
        .query(sql -> sql.first(COLUMNS + " WHERE id = ?", row -> subscription(row, password), id))
        .filter(one -> one.facts().valid());
  }

  private Optional<String> password() {
    return credential.stream().findFirst().flatMap(OperatorCredential::latestDigest);
  }

  private PushSubscription subscription(ResultSet row, Optional<String> password)
      throws SQLException {
    URI endpoint = URI.create(row.getString(4));
    long delivered = row.getLong(6);
    Optional<Instant> deliveredAt =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(delivered));
    String id = row.getString(1);
    return new PushSubscription(
        new Subscription(
            id,
            row.getString(2),
            row.getString(3),
            endpoint.getHost(),
            Instant.ofEpochMilli(row.getLong(5)),
            deliveredAt,
            key.bond(id, password).equals(row.getString(7))),
        endpoint,
        row.getString(8),
        row.getString(9),
        Optional.ofNullable(row.getString(10)));
  }

  /**
   * Adds a subscription or replaces the one of the same endpoint. Subscriptions that are not valid
   * any more make room.
   *
   * @throws InvalidValueException if there are {@value PushNotices#MAX}
   */
  void put(String id, URI endpoint, PushNotices.Offer offer, Actor by) {
    String bond = key.bond(id, password());
    List<String> ended =
        list().stream()
            .filter(one -> !one.facts().valid())
            .map(PushSubscription::id)
            .filter(other -> !other.equals(id))
            .toList();
    Instant now = clock.instant();
    boolean added =
        database.write(
            tx -> {
              for (String other : ended) {
                tx.run("DELETE FROM pairing_push WHERE id = ?", other);
              }
              long others =
                  tx.statements()
                      .first(
                          "SELECT COUNT(*) FROM pairing_push WHERE id <> ?",
                          row -> row.getLong(1),
                          id)
                      .orElse(0L);
              if (others >= PushNotices.MAX) {
                return false;
              }
              tx.run(
                  PUT,
                  id,
                  offer.label(),
                  by.name(),
                  endpoint.toString(),
                  now.toEpochMilli(),
                  bond,
                  offer.p256dh(),
                  offer.auth(),
                  offer.contact().orElse(null));
              AuditTrail.append(tx, now, by, AuditAction.PUSH_SUBSCRIBED, null, offer.label());
              return true;
            });
    if (!added) {
      throw new InvalidValueException(
          "endpoint",
          "must be subscribed already, because there are "
              + PushNotices.MAX
              + " browsers; remove one first");
    }
  }

  /** Deletes a subscription with its tokens; returns whether there was one. */
  boolean delete(String id, Actor by) {
    Instant now = clock.instant();
    return database.write(
        tx -> {
          Optional<String> label =
              tx.statements()
                  .first(
                      "SELECT label FROM pairing_push WHERE id = ?", row -> row.getString(1), id);
          if (label.isEmpty()) {
            return false;
          }
          tx.run("DELETE FROM pairing_push_token WHERE push_id = ?", id);
          tx.run("DELETE FROM pairing_push WHERE id = ?", id);
          AuditTrail.append(tx, now, by, AuditAction.PUSH_ENDED, null, label.get());
          return true;
        });
  }

  /** Keeps that the push service accepted a message. */
  void delivered(String id) {
    long now = clock.millis();
    database.mark(tx -> tx.run("UPDATE pairing_push SET delivered_at = ? WHERE id = ?", now, id));
  }

  /** Stores a token by its SHA-256. */
  void add(String sha256, Token token) {
    database.write(
        tx ->
            tx.run(
                "INSERT INTO pairing_push_token"
                    + " (token_sha256, request_id, number, push_id, expires_at)"
                    + " VALUES (?, ?, ?, ?, ?)",
                sha256,
                token.requestId(),
                token.number(),
                token.subscription(),
                token.expiresAt().toEpochMilli()));
  }

  /** Finds a token, which may have expired; empty if it is not known. */
  Optional<Token> find(String sha256) {
    return database.query(
        sql ->
            sql.first(
                "SELECT request_id, number, push_id, expires_at FROM pairing_push_token"
                    + " WHERE token_sha256 = ?",
                row ->
                    new Token(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4))),
                sha256));
  }

  @Override
  public void sweep(Instant now) {
    long until = now.toEpochMilli();
    if (database
        .query(sql -> sql.first("SELECT 1" + EXPIRED + " LIMIT 1", row -> true, until))
        .isPresent()) {
      database.write(tx -> tx.run("DELETE" + EXPIRED, until));
    }
  }
}
