package dev.nexo.pairing.session;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: SessionLists")
class SessionListsOnPostgresTest extends SessionListsTest {

  private final StorageSettings database = Postgres.newDatabase();

  @Override
  StorageSettings storage() {
    return database;
  }
}
