package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.cli.PairCliRunner;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Backup of a running server")
class BackupIT {

  private static final int THREADS = 2;

  @TempDir Path directory;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean stopped = new AtomicBoolean();

  private void seedUntilKilled(ServerClient operator, int thread) {
    try {
      seed(operator, thread);
    } catch (RuntimeException | AssertionError e) {
      // The server was killed during the request, which is not acknowledged.
    }
  }

  private void seed(ServerClient operator, int thread) {
    for (int i = 0; !stopped.get(); i++) {
      String sender = "t" + thread + "-" + i;
      operator.posted(
          "/allow-from/seed",
          Json.createObjectBuilder()
              .add("channel", "matrix")
              .add("sender_ids", Json.createArrayBuilder().add(sender))
              .build());
      acknowledged.add(sender);
    }
  }

  private static PairCliRunner.Said run(PackagedServer server, String... arguments) {
    return new PairCliRunner(
            server.home(), "http://127.0.0.1:" + server.port(), "unused", Clock.systemUTC())
        .with("NEXO_HOME", server.home().toString())
        .run(arguments);
  }

  @Test
  @DisplayName("Backups under load lose no acknowledged row, and restore into an empty home")
  void underLoad() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Set<String>> before = new ArrayList<>();
    List<Path> backups = new ArrayList<>();
    try (PackagedServer server = new PackagedServer("backup").start();
        PackagedServer empty = new PackagedServer("backup-restored")) {
      ServerClient operator = server.operator();
      // The first setup code generates the key.
      operator.post(
          "/setup-codes",
          Json.createObjectBuilder().add("public_url", "wss://nexo.example.com").build());
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        threads.execute(() -> seedUntilKilled(operator, thread));
      }
      for (int i = 1; i <= 5; i++) {
        int enough = i * 100;
        await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > enough);
        before.add(Set.copyOf(acknowledged));
        backups.add(directory.resolve("backup-" + i + ".zip"));
        PairCliRunner.Said said =
            run(server, "backup", "--with-key", backups.get(i - 1).toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backups.get(0))))
          .isEqualTo("rw-------");
      assertThat(run(server, "backup", backups.get(0).toString()).err()).contains("exists");
      PairCliRunner.Said refused = run(server, "restore", backups.get(0).toString());
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("Stop it");
      server.kill();
      stopped.set(true);

      // The server was killed: its files are still in the state of the crash.
      assertThat(run(server, "backup", directory.resolve("killed.zip").toString()).code()).isZero();
      backups.add(directory.resolve("killed.zip"));
      before.add(Set.copyOf(acknowledged));
      for (int i = 0; i < backups.size(); i++) {
        PairCliRunner.Said said = run(empty, "restore", backups.get(i).toString());
        assertThat(said.err()).matches(i > 0 ? "" : "nexo-pair: There was no database at .*\\R");
        assertThat(said.code()).isZero();
        assertThat(senders(empty.database())).containsAll(before.get(i));
      }
      PairCliRunner.Said last = run(empty, "restore", "--with-key", backups.get(4).toString());
      assertThat(last.err()).isEmpty();
      assertThat(last.out()).contains("Kept ", "Restored ");
      assertThat(empty.home().resolve("secret/pairing.key"))
          .hasSameBinaryContentAs(server.home().resolve("secret/pairing.key"));

      empty.start();
      ServerClient.Answer answer =
          empty
              .operatorSharedWith(server)
              .get("/api/v1/allow-from?channel=matrix&limit=1000&q=t0-0");
      assertThat(answer.body()).contains("\"t0-0\"");
    } finally {
      stopped.set(true);
      threads.shutdownNow();
    }
  }

  private static List<String> senders(Path database) throws Exception {
    List<String> senders = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      try (ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
        check.next();
        assertThat(check.getString(1)).isEqualTo("ok");
      }
      try (ResultSet rows = statement.executeQuery("SELECT sender_id FROM pairing_allow_from")) {
        while (rows.next()) {
          senders.add(rows.getString(1));
        }
      }
    }
    return senders;
  }
}
