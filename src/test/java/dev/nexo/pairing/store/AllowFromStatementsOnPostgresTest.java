package dev.nexo.pairing.store;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: rows of allow-from on several channels and accounts")
class AllowFromStatementsOnPostgresTest extends AllowFromStatementsTest {

  @Override
  protected StorageSettings storage() {
    return Postgres.newDatabase();
  }
}
