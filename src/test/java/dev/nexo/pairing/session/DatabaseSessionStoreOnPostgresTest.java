package dev.nexo.pairing.session;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: SessionLists")
class DatabaseSessionStoreOnPostgresTest extends DatabaseSessionStoreTest {

  private final StorageSettings database = Postgres.newDatabase();

  @Override
  protected StorageSettings storage() {
    return database;
  }
}
