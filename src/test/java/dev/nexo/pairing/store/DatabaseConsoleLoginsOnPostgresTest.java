package dev.nexo.pairing.store;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: ConsoleLogins")
class DatabaseConsoleLoginsOnPostgresTest extends DatabaseConsoleLoginsTest {

  @Override
  protected StorageSettings storage() {
    return Postgres.newDatabase();
  }
}
