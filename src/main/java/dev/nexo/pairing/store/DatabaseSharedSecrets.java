package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.internal.SharedSecrets;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Shared secrets in the database; of two servers that start at once, the primary key picks one. */
@Component
class DatabaseSharedSecrets implements SharedSecrets {

  private final Database database;
  private final Clock clock;

  @Inject
  DatabaseSharedSecrets(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Shared> find(String name) {
    return database.read(session -> row(session, name)).map(SecretEntity::toShared);
  }

  @Override
  public Shared agree(String name, Shared offered) {
    Optional<Shared> there = find(name);
    boolean settled =
        there.isPresent()
            && (there.get().equals(offered) || !there.get().node().equals(offered.node()));
    return settled ? there.get() : database.write(tx -> agree(tx, name, offered, clock.instant()));
  }

  private static Shared agree(Transaction tx, String name, Shared offered, Instant now)
      throws SQLException {
    Optional<SecretEntity> there = row(tx.session(), name);
    if (there.isPresent() && !there.get().node.equals(offered.node())) {
      return there.get().toShared();
    }
    SecretEntity row = new SecretEntity();
    row.name = name;
    row.sha256 = offered.sha256();
    row.node = offered.node();
    row.origin = offered.origin();
    row.changedAt = now.toEpochMilli();
    tx.session().upsert(row);
    AuditTrail.append(tx, now, Actor.GATE, AuditAction.PASSWORD_MADE, null, offered.origin());
    return offered;
  }

  private static Optional<SecretEntity> row(StatelessSession session, String name) {
    return Optional.ofNullable((SecretEntity) session.get(SecretEntity.class, name));
  }
}
