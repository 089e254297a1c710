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

/**
 * What the servers of a database have agreed on: which key signs, and which ones did. A unique
 * index sees to it that there is one in force, whoever is first. Thread-safe; every method may
 * throw {@link dev.nexo.pairing.StorageUnavailableException}.
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
   * Also where there is nothing to raise it changes the row, which makes a replacement of the key
   * wait for the end of the transaction, or the transaction for the replacement, on databases with
   * many writers, too.
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

  /** All there have been, the one in force among them. */
  public List<SigningKeyEntity> all() {
    return database.read(
        session ->
            session
                .createSelectionQuery(
                    "from SigningKeyEntity order by madeAt", SigningKeyEntity.class)
                .getResultList());
  }

  /** Puts a key in force where none ever was. */
  void first(String fingerprint, String origin) {
    Instant now = clock.instant();
    database.write(
        tx -> {
          if (tx.run(INSERT_FIRST, fingerprint, now.toEpochMilli(), origin) > 0) {
            AuditTrail.append(
                tx, now, Actor.GATE, AuditAction.KEY_MADE, null, detail(fingerprint, origin));
          }
          return null;
        });
  }

  /**
   * Puts a key in force that an operator has put into place by hand. The one before verifies as
   * long as a server is configured to know it.
   *
   * @param before the one that has to be in force, or nothing happens
   * @param fingerprint the new one; nothing happens either where it is no new one
   */
  void follow(String before, String fingerprint, String origin) {
    Instant now = clock.instant();
    database.write(
        tx -> {
          boolean known = tx.session().get(SigningKeyEntity.class, fingerprint) != null;
          if (!known && replace(tx, now, before, fingerprint, origin)) {
            AuditTrail.append(
                tx, now, Actor.GATE, AuditAction.KEY_ROTATED, null, detail(fingerprint, origin));
          }
          return null;
        });
  }

  /**
   * Puts a new key in force. The one before verifies what it has signed until that has run out.
   *
   * @param before the one that has to be in force
   * @param atLeast until when it verifies at least
   * @return until when it verifies, or empty where it is no longer in force and nothing was done
   */
  Optional<Instant> rotate(
      String before, String fingerprint, String origin, Instant atLeast, Actor by) {
    Instant now = clock.instant();
    return database.write(
        tx -> {
          if (!replace(tx, now, before, fingerprint, origin)) {
            return Optional.empty();
          }
          // Read only now: from here on nothing more is promised for the one before.
          SigningKeyEntity retired =
              (SigningKeyEntity) tx.session().get(SigningKeyEntity.class, before);
          long until = Math.max(retired.issuedUntil, atLeast.toEpochMilli());
          tx.run(LIMIT, until, before);
          AuditTrail.append(
              tx, now, by, AuditAction.KEY_ROTATED, null, detail(fingerprint, origin));
          return Optional.of(Instant.ofEpochMilli(until));
        });
  }

  /**
   * Promises that a key verifies until then, even if it is replaced.
   *
   * @param until milliseconds since 1970
   * @return false where it is no longer in force: then nothing is promised
   */
  public boolean promise(String fingerprint, long until) {
    return database.write(tx -> promise(tx, fingerprint, until));
  }

  /**
   * The same within a transaction. Until that ends, the key stays in force.
   *
   * @throws SQLException where the database turns it down
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

  private static String detail(String fingerprint, String origin) {
    return fingerprint.substring(0, SHOWN_DIGITS) + " " + origin;
  }
}
