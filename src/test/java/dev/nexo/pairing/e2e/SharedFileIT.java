package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two servers and a process that writes like Nexo's CLI, on one SQLite file. */
@Tag("slow")
@DisplayName("Two servers and Nexo on one SQLite file")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedFileIT {

  private static final int THREADS_EACH = 3;
  private static final int WRITES = 3_000;
  private static final int REVOCATIONS = 50;
  private static final Duration SOON = Duration.ofSeconds(20);

  private static PackagedServer first;
  private static PackagedServer second;
  private static Path file;

  @BeforeAll
  static void start() {
    first = new PackagedServer("shared-file-1");
    second = new PackagedServer("shared-file-2");
    file = first.home().resolveSibling("shared").resolve("pairing.db");
    for (PackagedServer server : List.of(first, second)) {
      server.environment("PAIRING_STORAGE_PATH", file.toString()).launch();
    }
    first.awaitReady();
    second.awaitReady();
  }

  @AfterAll
  static void stop() {
    try (PackagedServer one = first;
        PackagedServer other = second) {
      // Closes each of them, even if another one fails to close.
    }
  }

  private static ServerClient operator(PackagedServer server) {
    return server.operatorSharedWith(server == first ? second : first);
  }

  /** Opens the file like Nexo: with WAL, and a busy timeout of a few seconds. */
  private static Connection outside() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
    }
    return connection;
  }

  private static String decision(ServerClient server, JsonObject message) {
    return server.posted("/inbound", message).getString("decision");
  }

  @Test
  @Order(1)
  @DisplayName("A sender revoked in the file is dropped by both within a second")
  void outsideChangesAreSeen() throws SQLException {
    ServerClient one = operator(first);
    ServerClient other = operator(second);
    long largest = 0;
    try (Connection nexo = outside();
        PreparedStatement admit =
            nexo.prepareStatement(
                "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
                    + " VALUES ('whatsapp', 'nexo', ?, 1)");
        PreparedStatement revoke =
            nexo.prepareStatement(
                "UPDATE pairing_allow_from SET revoked_at = 2 WHERE account_id = 'nexo'"
                    + " AND sender_id = ?");
        Statement forget = nexo.createStatement()) {
      for (int i = 0; i < REVOCATIONS; i++) {
        String sender = "+1999%07d".formatted(i);
        JsonObject message =
            Json.createObjectBuilder(from("whatsapp", "nexo", sender))
                .add("deliver", false)
                .build();
        admit.setString(1, sender);
        admit.executeUpdate();
        for (ServerClient server : List.of(one, other)) {
          assertThat(decision(server, message)).isEqualTo("admit");
          assertThat(decision(server, message)).as("from the cache").isEqualTo("admit");
        }
        revoke.setString(1, sender);
        revoke.executeUpdate();
        long revoked = System.nanoTime();
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofMillis(2))
            .until(
                () ->
                    !decision(one, message).equals("admit")
                        && !decision(other, message).equals("admit"));
        largest = Math.max(largest, System.nanoTime() - revoked);
      }
      for (String table : List.of("pairing_allow_from", "pairing_pending")) {
        forget.executeUpdate("DELETE FROM " + table + " WHERE account_id = 'nexo'");
      }
    }
    System.out.printf(
        "From a revocation by somebody else to the drop on both servers, %d times: largest %d ms%n",
        REVOCATIONS, TimeUnit.NANOSECONDS.toMillis(largest));
    assertThat(Duration.ofNanos(largest)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  @Order(1)
  @DisplayName("Nexo's approval after the end admits, and its raw rows can be revoked")
  void rowsThatNexoWrites() throws SQLException {
    ServerClient server = operator(first);
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.execute(
          "INSERT INTO pairing_allow_from"
              + " (channel, account_id, sender_id, approved_at, approved_via, expires_at)"
              + " VALUES ('whatsapp', 'nexo', '+15550004441', 1, 'cli', 100)");
      JsonObject message = from("whatsapp", "nexo", "+15550004441");
      assertThat(decision(server, message)).isNotEqualTo("admit");
      statement.execute(
          "INSERT INTO pairing_allow_from"
              + " (channel, account_id, sender_id, approved_at, approved_via)"
              + " VALUES ('whatsapp', 'nexo', '+15550004441', 200, 'cli')"
              + " ON CONFLICT (channel, account_id, sender_id) DO UPDATE SET revoked_at = NULL,"
              + " approved_at = excluded.approved_at, approved_via = excluded.approved_via");
      assertThat(decision(server, message)).isEqualTo("admit");
      for (String raw : List.of("15550002@c.us", "15550001111.0")) {
        statement.execute(
            "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
                + " VALUES ('whatsapp', 'nexo', '"
                + raw
                + "', 1)");
        JsonObject row =
            Json.createObjectBuilder()
                .add("channel", "whatsapp")
                .add("account_id", "nexo")
                .add("sender_id", raw)
                .build();
        JsonObject note = Json.createObjectBuilder(row).add("note", "raw").build();
        assertThat(server.posted("/allow-from/update", note).getString("note")).isEqualTo("raw");
        assertThat(server.posted("/allow-from/revoke", row).getInt("revoked")).isEqualTo(1);
      }
      normalize(server, statement);
      for (String table : List.of("pairing_allow_from", "pairing_pending")) {
        statement.executeUpdate("DELETE FROM " + table + " WHERE account_id = 'nexo'");
      }
    }
  }

  /** Runs the remedy that the doctor prints for a raw row, and then a revocation of both rows. */
  private static void normalize(ServerClient server, Statement nexo) throws SQLException {
    String raw = "15551110002@c.us";
    String insert =
        "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
            + " VALUES ('whatsapp', 'nexo', '"
            + raw
            + "', 1) ON CONFLICT (channel, account_id, sender_id) DO UPDATE SET revoked_at = NULL";
    JsonObject account =
        Json.createObjectBuilder().add("channel", "whatsapp").add("account_id", "nexo").build();
    JsonObject revocation = Json.createObjectBuilder(account).add("sender_id", raw).build();
    JsonObject seed =
        Json.createObjectBuilder(account)
            .add("sender_ids", Json.createArrayBuilder().add(raw))
            .build();
    JsonObject message = from("whatsapp", "nexo", "+15551110002");
    nexo.executeUpdate(insert);
    assertThat(server.get("/api/v1/doctor").body())
        .contains("nexo-pair revoke whatsapp:" + raw + " --account nexo && nexo-pair seed");
    server.posted("/allow-from/revoke", revocation);
    server.posted("/allow-from/seed", seed);
    assertThat(decision(server, message)).isEqualTo("admit");
    nexo.executeUpdate(insert);
    assertThat(server.posted("/allow-from/revoke", revocation).getInt("revoked")).isEqualTo(2);
    assertThat(decision(server, message)).isNotEqualTo("admit");
  }

  @Test
  @Order(2)
  @DisplayName("Under load from all three no lock error occurs and nothing is lost")
  void noLockErrors() throws Exception {
    AcknowledgedChanges ledger = new AcknowledgedChanges();
    ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS_EACH + 1);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 2 * THREADS_EACH; i++) {
        ServerClient client = operator(i % 2 == 0 ? first : second);
        Load load = new Load(client, ledger, i, "shared", new Random(i));
        running.add(threads.submit(load::run));
      }
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong written = new AtomicLong();
      Future<?> nexo = threads.submit(() -> writeLikeNexo(over, written));
      // A writer that finds the file locked fails at once.
      await()
          .atMost(Duration.ofSeconds(120))
          .until(
              () ->
                  ledger.size() >= WRITES
                      || nexo.isDone()
                      || running.stream().anyMatch(Future::isDone));
      over.set(true);
      nexo.get(30, TimeUnit.SECONDS);
      for (Future<?> each : running) {
        if (each.isDone()) {
          each.get();
          throw new AssertionError("A load has ended without a word");
        }
      }
      first.kill();
      second.kill();
      for (Future<?> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }
      assertThat(written.get()).as("writes of somebody else").isGreaterThan(100);
      assertThat(ledger.size()).as("writes acknowledged").isGreaterThan(100);
    } finally {
      threads.shutdownNow();
    }
    StoppedServerDatabase.in(file).without("nexo").check(ledger);
  }

  private static Void writeLikeNexo(AtomicBoolean over, AtomicLong written) throws SQLException {
    try (Connection nexo = outside();
        PreparedStatement seed =
            nexo.prepareStatement(
                "INSERT OR REPLACE INTO pairing_allow_from"
                    + " (channel, account_id, sender_id, approved_at, approved_via, revoked_at)"
                    + " VALUES ('telegram', 'nexo', ?, 1, 'seed', NULL)");
        Statement forget = nexo.createStatement()) {
      while (!over.get()) {
        seed.setString(1, "@nexo_" + written.incrementAndGet() % 50);
        seed.executeUpdate();
      }
      forget.executeUpdate("DELETE FROM pairing_allow_from WHERE account_id = 'nexo'");
    }
    return null;
  }
}
