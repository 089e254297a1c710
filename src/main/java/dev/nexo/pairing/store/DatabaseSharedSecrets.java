package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.internal.SharedSecrets;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Stores the digests of secrets that all servers share. If two servers start at the same time, the
 * first transaction decides. Thread-safe.
 */
@Component
class DatabaseSharedSecrets implements SharedSecrets {

  private static final String UPSERT =
      "INSERT INTO pairing_secret (name, sha256, node, origin, changed_at)"
          + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256,"
          + " node = excluded.node, origin = excluded.origin, changed_at = excluded.changed_at";

  private final Database database;
  private final Clock clock;

  @Inject
  DatabaseSharedSecrets(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Shared> find(String name) {
    return database.query(statements -> find(statements, name));
  }

  private static Optional<Shared> find(StatementCache statements, String name) throws SQLException {
    return statements.first(
        "SELECT sha256, node, origin FROM pairing_secret WHERE name = ?",
        row -> new Shared(row.getString(1), row.getString(2), row.getString(3)),
        name);
  }

  @Override
  public Shared agree(String name, Shared offered) {
    return find(name)
        .filter(there -> there.equals(offered) || !there.node().equals(offered.node()))
        .orElseGet(() -> database.write(tx -> agree(tx, name, offered, clock.instant())));
  }

  private static Shared agree(Transaction tx, String name, Shared offered, Instant now)
      throws SQLException {
    Optional<Shared> there = find(tx.statements(), name);
    if (there.isPresent() && !there.get().node().equals(offered.node())) {
      return there.get();
    }
    tx.run(UPSERT, name, offered.sha256(), offered.node(), offered.origin(), now.toEpochMilli());
    AuditTrail.append(tx, now, Actor.GATE, AuditAction.PASSWORD_MADE, null, offered.origin());
    return offered;
  }
}
