package dev.nexo.pairing.store;

import dev.nexo.pairing.testing.DatabaseFixture;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.TestDatabase;
import dev.nexo.pairing.testkit.PairingFixture;
import dev.nexo.pairing.testkit.PairingStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@DisplayName("Contract of the store that the test kit publishes")
@OnEveryDatabase
class StoreContractTest extends PairingStoreContract {

  @TempDir Path directory;
  @Parameter TestDatabase database;

  @Override
  protected PairingFixture open() {
    return new DatabaseFixture(database, directory);
  }
}
