package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: SetupCodeSweep")
class SetupCodeSweepOnPostgresTest extends SetupCodeSweepTest {

  private final StorageSettings database = Postgres.newDatabase();

  @Override
  protected StorageSettings storage() {
    return database;
  }
}
