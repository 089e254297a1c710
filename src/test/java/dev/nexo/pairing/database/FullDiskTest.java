package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.Finding.Level;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Database on a full disk")
class FullDiskTest {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Actor OPERATOR = new Actor("operator", Surface.CONSOLE);
  private static final String BEGINS = "accepts no changes: the disk is full";
  private static final String ENDS = "accepts changes again";

  @TempDir Path directory;

  private SmallDisk smallDisk(Path mountPoint) throws IOException {
    Files.createDirectory(mountPoint);
    return SmallDisk.mount(mountPoint)
        .orElseGet(() -> Assumptions.abort("This user cannot mount a file system here."));
  }

  private static Decision write(PairingContainer pairing, String sender) {
    return pairing.gate().shouldAdmit("chat", null, sender, AdmissionPolicy.CHALLENGE);
  }

  private static void seed(PairingContainer pairing, List<String> senders) {
    pairing
        .store()
        .seed(
            new ChannelAccount("chat", "default"),
            senders.stream().map(id -> new SeedEntry(id, null)).toList(),
            OPERATOR);
  }

  private static Finding finding(PairingContainer pairing) {
    return pairing.get(DatabaseCheck.class).examine().stream()
        .filter(finding -> finding.check().equals("database"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean up(PairingContainer pairing) {
    return pairing.get(Database.class).check().up();
  }

  @Test
  @DisplayName("A full disk makes it not ready within 2 s, logs once, and recovers")
  void fillsUp() throws IOException {
    Path mountPoint = directory.resolve("disk");
    Path file = mountPoint.resolve("pairing.db");
    try (SmallDisk disk = smallDisk(mountPoint);
        LogCapture log = LogCapture.of("dev.nexo.pairing");
        PairingContainer pairing = new PairingContainer(file)) {
      seed(pairing, List.of("known"));
      assertThat(write(pairing, "known")).isInstanceOf(Admit.class);
      assertThat(up(pairing)).isTrue();

      // What the migrations wrote to the log would hold many small changes.
      emptyLog(file);
      disk.fill();
      await().atMost(SOON).until(() -> !up(pairing));
      assertThat(pairing.get(Database.class).check().details())
          .containsEntry("database", "not writable: the disk is full");
      for (int i = 0; i < 20; i++) {
        assertThat(write(pairing, "stranger" + i)).isEqualTo(new Drop(DropReason.STORAGE));
        assertThat(write(pairing, "known")).isInstanceOf(Admit.class);
        assertThat(up(pairing)).isFalse();
      }
      assertThat(log.lines("SEVERE")).isEqualTo(1);
      assertThat(log.lines("SEVERE: NXP-0011 The database " + file + " " + BEGINS)).isEqualTo(1);
      assertThat(log.lines("Free space on the disk that holds " + file)).isEqualTo(1);
      assertThat(log.lines("WARNING")).isZero();
      Finding found = finding(pairing);
      assertThat(found.level()).isEqualTo(Level.FAULT);
      assertThat(found.text()).contains("the disk is full");
      assertThat(found.remedy()).startsWith("Free space on the disk that holds " + file);

      disk.free();
      await().atMost(SOON).until(() -> up(pairing));
      assertThat(write(pairing, "stranger")).isInstanceOf(Challenge.class);
      assertThat(finding(pairing).level()).isEqualTo(Level.OK);
      assertThat(log.lines("INFO: NXP-0012 The database " + file + " " + ENDS)).isEqualTo(1);
      assertThat(log.lines("SEVERE")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("It cannot be opened, names the remedy, and opens when space is free")
  void fullFromTheStart() throws IOException {
    Path mountPoint = directory.resolve("disk");
    Path file = mountPoint.resolve("pairing.db");
    try (SmallDisk disk = smallDisk(mountPoint);
        LogCapture log = LogCapture.of("dev.nexo.pairing")) {
      disk.fill();
      try (PairingContainer pairing = new PairingContainer(file)) {
        assertThat(up(pairing)).isFalse();
        assertThat(log.lines("SEVERE: NXP-0010 The database " + file + " cannot be opened: "))
            .isEqualTo(1);
        assertThat(finding(pairing).remedy()).startsWith("Free space on the disk that holds");
        disk.free();
        await().atMost(Duration.ofSeconds(20)).until(() -> up(pairing));
        assertThat(write(pairing, "stranger")).isInstanceOf(Challenge.class);
        assertThat(log.lines(ENDS)).isEqualTo(1);
      }
    }
  }

  /** Uses SQLite's own limit instead of a disk, so that it runs everywhere. */
  @Test
  @DisplayName("It is not ready after a failed write, and ready after a check")
  void changeFails() {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing");
        PairingContainer pairing = new PairingContainer(directory.resolve("pairing.db"))) {
      Database database = pairing.get(Database.class);
      List<String> many = IntStream.range(0, 2_000).mapToObj(i -> "sender" + i).toList();
      limit(database, 1);
      assertThat(up(pairing)).isTrue();
      // A probe that is due just then succeeds and reports ready again.
      await()
          .atMost(SOON)
          .until(
              () -> {
                assertThatThrownBy(() -> seed(pairing, many))
                    .isInstanceOf(StorageUnavailableException.class);
                return !up(pairing);
              });
      assertThat(log.lines("SEVERE")).isEqualTo(1);
      assertThat(log.lines(BEGINS)).isEqualTo(1);
      await().atMost(SOON).until(() -> up(pairing));
      assertThat(log.lines(ENDS)).isEqualTo(1);
      limit(database, 1_000_000);
      seed(pairing, many);
      assertThat(write(pairing, "sender1")).isInstanceOf(Admit.class);
    }
  }

  private static void emptyLog(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A limit below the present size means the present size. */
  private static void limit(Database database, int pages) {
    database.write(
        tx -> {
          tx.statements().of("PRAGMA max_page_count = " + pages).executeQuery().close();
          return null;
        });
  }
}
