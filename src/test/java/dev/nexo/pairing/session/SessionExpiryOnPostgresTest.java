package dev.nexo.pairing.session;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: SessionLife")
class SessionExpiryOnPostgresTest extends SessionExpiryTest {

  private final StorageSettings database = Postgres.newDatabase();

  @Override
  protected StorageSettings storage() {
    return database;
  }

  /** There is no file to be locked. */
  @Override
  void noteFails() {}
}
