package dev.nexo.pairing.keys;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.AuditTrail;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The signing keys of all servers of the database: the active one and the retired ones. A unique
 * index ensures that one key is active. Thread-safe; every method may throw {@link
 * dev.nexo.pairing.StorageUnavailableException}.
 */
@Component
public class SigningKeyTable {

  private static final int SHOWN_DIGITS = 16;

  private static final String INSERT =
      "INSERT INTO pairing_signing_key (fingerprint, made_at, origin) VALUES (?, ?, ?)";
  private static final String INSERT_FIRST = INSERT + " ON CONFLICT DO NOTHING";
  private static final String RETIRE =
      "UPDATE pairing_signing_key SET retired_at = ?"
          + " WHERE fingerprint = ? AND retired_at IS NULL";
  private static final String LIMIT =
      "UPDATE pairing_signing_key SET valid_until = ? WHERE fingerprint = ?";

  /**
   * Changes the row even if the value stays, so that on any database this transaction and a
   * replacement of the key wait for each other.
   */
  private static final String PROMISE =
      "UPDATE pairing_signing_key"
          + " SET issued_until = CASE WHEN issued_until < ? THEN ? ELSE issued_until END"
          + " WHERE fingerprint = ? AND retired_at IS NULL";

  private final Database database;
  private final Clock clock;

  @Inject
  SigningKeyTable(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Returns all keys, the active one among them. */
  public List<SigningKeyEntity> all() {
    return database.read(
        session ->
            session
                .createSelectionQuery(
                    "from SigningKeyEntity order by madeAt", SigningKeyEntity.class)
                .getResultList());
  }

  /** Returns the fingerprints of the keys under which held messages are encrypted. */
  Set<String> ofHeldMessages() {
    return database.query(
        statements ->
            Set.copyOf(
                statements.list(
                    "SELECT DISTINCT key_fingerprint FROM pairing_held", row -> row.getString(1))));
  }

  /** Activates the first key; does nothing if there is one. */
  void first(String fingerprint, String origin) {
    Instant now = clock.instant();
    database.write(
        tx -> {
          if (tx.run(INSERT_FIRST, fingerprint, now.toEpochMilli(), origin) > 0) {
            audit(tx, now, Actor.GATE, AuditAction.KEY_MADE, fingerprint, origin);
          }
          return null;
        });
  }

  /**
   * Activates a key that an operator has put in place. The key before it verifies as long as a
   * server is configured to know it.
   *
   * @param before the active key; if it is another one, nothing happens
   * @param fingerprint the new key; if it was active before, nothing happens
   */
  void follow(String before, String fingerprint, String origin) {
    Instant now = clock.instant();
    database.write(
        tx -> {
          boolean known = tx.session().get(SigningKeyEntity.class, fingerprint) != null;
          if (!known && replace(tx, now, before, fingerprint, origin)) {
            audit(tx, now, Actor.GATE, AuditAction.KEY_ROTATED, fingerprint, origin);
          }
          return null;
        });
  }

  /**
   * Activates a new key. The key before it verifies until all that it has signed has expired.
   *
   * @param before the active key
   * @param atLeast until when that one verifies at least
   * @return until when that one verifies, or empty if it is not active and nothing was done
   */
  Optional<Instant> rotate(
      String before, String fingerprint, String origin, Instant atLeast, Actor by) {
    Instant now = clock.instant();
    return database.write(
        tx -> {
          if (!replace(tx, now, before, fingerprint, origin)) {
            return Optional.empty();
          }
          // Read after the change, which allows no more promises for the key before.
          SigningKeyEntity retired =
              (SigningKeyEntity) tx.session().get(SigningKeyEntity.class, before);
          long until = Math.max(retired.issuedUntil, atLeast.toEpochMilli());
          tx.run(LIMIT, until, before);
          audit(tx, now, by, AuditAction.KEY_ROTATED, fingerprint, origin);
          return Optional.of(Instant.ofEpochMilli(until));
        });
  }

  /**
   * Promises that a key verifies until a time, even if it is replaced before.
   *
   * @param until in milliseconds since 1970
   * @return false if the key is not active; then nothing is promised
   */
  public boolean promise(String fingerprint, long until) {
    return database.write(tx -> promise(tx, fingerprint, until));
  }

  /**
   * Promises within a transaction that a key verifies until a time. The key stays active until the
   * transaction ends.
   *
   * @return false if the key is not active; then nothing is promised
   * @throws SQLException if the database rejects the change
   */
  public static boolean promise(Transaction tx, String fingerprint, long until)
      throws SQLException {
    return tx.run(PROMISE, until, until, fingerprint) > 0;
  }

  private static boolean replace(
      Transaction tx, Instant now, String before, String fingerprint, String origin)
      throws SQLException {
    if (tx.run(RETIRE, now.toEpochMilli(), before) == 0) {
      return false;
    }
    tx.run(INSERT, fingerprint, now.toEpochMilli(), origin);
    return true;
  }

  private static void audit(
      Transaction tx, Instant now, Actor by, AuditAction action, String fingerprint, String origin)
      throws SQLException {
    String detail = fingerprint.substring(0, SHOWN_DIGITS) + " " + origin;
    AuditTrail.append(tx, now, by, action, null, detail);
  }
}
