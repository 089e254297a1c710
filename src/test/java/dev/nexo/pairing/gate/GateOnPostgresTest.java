package dev.nexo.pairing.gate;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On PostgreSQL: the gate")
class GateOnPostgresTest extends GateTest {

  @Override
  StorageSettings storage(Path file) {
    return Postgres.newDatabase();
  }
}
