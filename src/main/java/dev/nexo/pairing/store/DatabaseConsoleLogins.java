package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.internal.ConsoleLogin;
import dev.nexo.pairing.internal.ConsoleLogins;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Stores the logins to the operator's console by the SHA-256 of their tokens. Thread-safe. */
@Component
class DatabaseConsoleLogins implements ConsoleLogins, Sweep {

  private static final String FIND =
      "SELECT name, opened_at, expires_at, password_mac FROM pairing_console_login"
          + " WHERE token_sha256 = ? AND expires_at > ?";
  private static final String ANY_EXPIRED =
      "SELECT 1 FROM pairing_console_login WHERE expires_at <= ? LIMIT 1";
  private static final String CLEAR = "DELETE FROM pairing_console_login WHERE expires_at <= ?";

  /** Deletes the oldest logins above the limit. SQLite needs a LIMIT; 1000 is never reached. */
  private static final String MAKE_ROOM =
      "DELETE FROM pairing_console_login WHERE token_sha256 IN (SELECT token_sha256"
          + " FROM pairing_console_login ORDER BY opened_at DESC, token_sha256 LIMIT 1000 OFFSET "
          + (MAX_LIVE - 1)
          + ")";

  private static final String INSERT =
      "INSERT INTO pairing_console_login"
          + " (token_sha256, name, opened_at, expires_at, password_mac) VALUES (?, ?, ?, ?, ?)";

  private final Database database;
  private final Clock clock;

  @Inject
  DatabaseConsoleLogins(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public ConsoleLogin open(String tokenSha256, String passwordMac, Actor by) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    ConsoleLogin login = new ConsoleLogin(by.name(), now, now.plus(LIFETIME), passwordMac);
    return database.write(
        tx -> {
          tx.run(CLEAR, now.toEpochMilli());
          tx.run(MAKE_ROOM);
          tx.run(
              INSERT,
              tokenSha256,
              login.name(),
              login.openedAt().toEpochMilli(),
              login.expiresAt().toEpochMilli(),
              login.passwordMac());
          AuditTrail.append(tx, now, by, AuditAction.LOGIN_OPENED, null, null);
          return login;
        });
  }

  @Override
  public Optional<ConsoleLogin> find(String tokenSha256) {
    long now = clock.millis();
    return database.query(
        statements -> statements.first(FIND, DatabaseConsoleLogins::login, tokenSha256, now));
  }

  private static ConsoleLogin login(ResultSet row) throws SQLException {
    return new ConsoleLogin(
        row.getString(1),
        Instant.ofEpochMilli(row.getLong(2)),
        Instant.ofEpochMilli(row.getLong(3)),
        row.getString(4));
  }

  @Override
  public boolean end(String tokenSha256, Actor by) {
    Instant now = clock.instant();
    return database.write(
        tx -> {
          int ended =
              tx.run(
                  "DELETE FROM pairing_console_login WHERE token_sha256 = ? AND expires_at > ?",
                  tokenSha256,
                  now.toEpochMilli());
          if (ended > 0) {
            AuditTrail.append(tx, now, by, AuditAction.LOGIN_ENDED, null, null);
          }
          return ended > 0;
        });
  }

  @Override
  public void sweep(Instant now) {
    long until = now.toEpochMilli();
    if (database.query(sql -> sql.first(ANY_EXPIRED, row -> true, until)).isPresent()) {
      database.write(tx -> tx.run(CLEAR, until));
    }
  }
}
