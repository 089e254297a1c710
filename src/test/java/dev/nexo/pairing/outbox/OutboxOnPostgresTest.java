package dev.nexo.pairing.outbox;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: Outbox")
class OutboxOnPostgresTest extends OutboxTest {

  @Override
  protected StorageSettings storage() {
    return Postgres.newDatabase();
  }
}
