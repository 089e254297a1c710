package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: SetupCodeStore")
class DatabaseSetupCodeStoreOnPostgresTest extends DatabaseSetupCodeStoreTest {

  private final StorageSettings database = Postgres.newDatabase();

  @Override
  protected StorageSettings storage() {
    return database;
  }

  /** There is no file to be searched; the rows are the same. */
  @Override
  void neitherTheTokenNorItsNonceIsInTheDatabase() {}
}
