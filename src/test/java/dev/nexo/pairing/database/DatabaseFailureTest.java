package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.testing.PairingContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Database failures")
class DatabaseFailureTest {

  @TempDir Path directory;

  private static Decision write(PairingContainer pairing, AdmissionPolicy policy) {
    return pairing.gate().shouldAdmit("chat", null, "stranger", policy);
  }

  @Test
  @DisplayName("Every message is dropped until the database can be opened")
  void failsClosedAndRecovers() throws IOException {
    Path inTheWay = Files.writeString(directory.resolve("data"), "not a directory");
    try (PairingContainer pairing = new PairingContainer(inTheWay.resolve("pairing.db"))) {
      assertThat(write(pairing, AdmissionPolicy.CHALLENGE)).isEqualTo(new Drop(DropReason.STORAGE));
      assertThat(write(pairing, AdmissionPolicy.ADMIT_EVERYONE))
          .isEqualTo(new Drop(DropReason.STORAGE));
      assertThat(pairing.get(Database.class).check().up()).isFalse();
      assertThatThrownBy(() -> pairing.store().pending(AccountFilter.ALL, new PageRequest(1, null)))
          .isInstanceOf(StorageUnavailableException.class);
      Files.delete(inTheWay);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> write(pairing, AdmissionPolicy.CHALLENGE) instanceof Challenge);
      assertThat(pairing.get(Database.class).check().up()).isTrue();
    }
  }

  @Test
  @DisplayName("A file that is not a database is left unchanged, messages are dropped")
  void leavesForeignFilesAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("pairing.db"), "precious ".repeat(1000));
    try (PairingContainer pairing = new PairingContainer(file)) {
      assertThat(write(pairing, AdmissionPolicy.CHALLENGE)).isEqualTo(new Drop(DropReason.STORAGE));
    }
    assertThat(file).hasContent("precious ".repeat(1000));
  }

  @Test
  @DisplayName("While another process locks the file, strangers are dropped in 5 s")
  void lockedByAnother() throws SQLException {
    Path file = directory.resolve("pairing.db");
    try (PairingContainer pairing = new PairingContainer(file)) {
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        long start = System.nanoTime();
        assertThat(write(pairing, AdmissionPolicy.CHALLENGE))
            .isEqualTo(new Drop(DropReason.STORAGE));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        statement.execute("ROLLBACK");
      }
      assertThat(write(pairing, AdmissionPolicy.CHALLENGE)).isInstanceOf(Challenge.class);
    }
  }

  @Test
  @DisplayName("The file and its directory are readable only by the owner")
  void modes() throws IOException {
    Path file = directory.resolve("data/pairing.db");
    new PairingContainer(file).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }
}
