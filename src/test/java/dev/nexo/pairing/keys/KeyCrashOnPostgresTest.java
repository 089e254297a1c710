package dev.nexo.pairing.keys;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: KeyCrash")
class KeyCrashOnPostgresTest extends KeyCrashTest {

  private final StorageSettings database = Postgres.newDatabase();

  @Override
  protected StorageSettings storage() {
    return database;
  }
}
