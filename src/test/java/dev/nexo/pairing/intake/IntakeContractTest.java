package dev.nexo.pairing.intake;

import dev.nexo.pairing.testing.DatabaseIntakeFixture;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.TestDatabase;
import dev.nexo.pairing.testkit.IntakeFixture;
import dev.nexo.pairing.testkit.PairingIntakeContract;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@DisplayName("Contract of the intake that the test kit publishes")
@OnEveryDatabase
class IntakeContractTest extends PairingIntakeContract {

  @TempDir Path directory;
  @Parameter TestDatabase database;

  @Override
  protected IntakeFixture open() {
    return new DatabaseIntakeFixture(database, directory);
  }
}
