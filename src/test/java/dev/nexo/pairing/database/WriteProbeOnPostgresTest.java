package dev.nexo.pairing.database;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: the check whether the database takes changes")
class WriteProbeOnPostgresTest extends WriteProbeTest {

  @Override
  protected StorageSettings storage() {
    return Postgres.newDatabase();
  }

  @Override
  void lock(Statement statement) throws SQLException {
    statement.execute("SELECT pg_advisory_lock(" + 0x6e65786fL + ")");
  }
}
