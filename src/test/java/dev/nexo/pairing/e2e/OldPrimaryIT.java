package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.from;
import static dev.nexo.pairing.e2e.Messages.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import dev.nexo.pairing.testing.Together;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server with two PostgreSQL clusters, one of which has taken over. */
@DisplayName("Old primary that comes back")
class OldPrimaryIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final JsonObject MESSAGE = from("telegram", "bot", "4711");

  @TempDir Path directory;

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private EmbeddedPostgres cluster(String name, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory.resolve(name))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private static void sql(EmbeddedPostgres cluster, String sql) throws SQLException {
    try (Connection connection = cluster.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void terminate(EmbeddedPostgres cluster) throws SQLException {
    sql(
        cluster,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'pairing'");
  }

  private static String decision(ServerClient operator) {
    JsonObject answer = operator.posted("/inbound", MESSAGE);
    return answer.getString("reason", answer.getString("decision"));
  }

  private static Optional<Integer> readiness(PackagedServer server) {
    return server.anyone().status("/health/ready");
  }

  @Test
  @DisplayName("A primary that lacks a revocation is refused until it is away again")
  void oldPrimary() throws Exception {
    int oldPort = freePort();
    int newPort = freePort();
    String hosts = "127.0.0.1:" + oldPort + ",127.0.0.1:" + newPort;
    EmbeddedPostgres old = cluster("old", oldPort);
    sql(old, "CREATE DATABASE pairing");
    try (PackagedServer server =
        new PackagedServer("old-primary")
            .environment("PAIRING_STORAGE_URL", "jdbc:postgresql://" + hosts + "/pairing")
            .environment("PAIRING_STORAGE_USERNAME", "postgres")
            .environment("PAIRING_STORAGE_PASSWORD", "postgres")
            .start()) {
      ServerClient operator = server.operator();
      operator.posted(
          "/allow-from/seed",
          Json.createObjectBuilder()
              .add("channel", "telegram")
              .add("account_id", "bot")
              .add("sender_ids", Json.createArrayBuilder().add("4711"))
              .build());
      assertThat(decision(operator)).isEqualTo("admit");
      old.close();
      copy("old", "new");
      try (EmbeddedPostgres promoted = cluster("new", newPort)) {
        await("new").atMost(SOON).until(() -> readiness(server).equals(Optional.of(200)));
        assertThat(decision(operator)).isEqualTo("admit");
        operator.posted("/allow-from/revoke", sender("telegram", "bot", "4711"));
        assertThat(decision(operator)).isNotEqualTo("admit");

        EmbeddedPostgres again = cluster("old", oldPort);
        // The driver remembers for 10 s that the old primary was down.
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
            !server.console().contains("NXP-0016") && System.nanoTime() < end; ) {
          terminate(promoted);
          for (int i = 0; i < 20; i++) {
            assertThat(decision(operator)).isNotEqualTo("admit");
          }
        }
        await("refused")
            .atMost(Duration.ofSeconds(1))
            .until(
                () ->
                    readiness(server).equals(Optional.of(503))
                        && decision(operator).equals("storage"));
        assertThat(operator.post("/blocked/block", sender("telegram", "bot", "1")).status())
            .isEqualTo(503);
        assertThat(operator.get("/api/v1/doctor").body())
            .contains("NXP-1112", "lacks changes", "127.0.0.1:" + newPort);
        assertThat(server.console().lines().filter(line -> line.contains("NXP-0016")))
            .singleElement()
            .asString()
            .contains("127.0.0.1:" + oldPort, "127.0.0.1:" + newPort, hosts);
        assertThat(server.anyone().get("/health/ready").body())
            .contains("lacks changes")
            .doesNotContain("127.0.0.1");

        again.close();
        await("new again").atMost(SOON).until(() -> readiness(server).equals(Optional.of(200)));
        assertThat(decision(operator)).isNotIn("admit", "storage");
        assertBoundedWhileFrozen(server, directory.resolve("new/postmaster.pid"));
      }
    }
  }

  /**
   * A server whose database freezes.
   *
   * @param console an operator who has signed in to the console
   * @param requestId a pending request
   */
  private record World(
      PackagedServer server, ServerClient operator, ServerClient console, String requestId) {

    static World of(PackagedServer server) {
      ServerClient operator = server.operator();
      operator.posted("/inbound", from("telegram", "bot", "4712"));
      JsonObject pending = operator.get("/api/v1/pending").json();
      String requestId = pending.getJsonArray("pending").getJsonObject(0).getString("request_id");
      String cookie = signIn(server).headers().get("set-cookie").get(0).split(";", 2)[0];
      return new World(server, operator, ServerClient.console(server.port(), cookie), requestId);
    }

    static ServerClient.Answer signIn(PackagedServer server) {
      return server
          .anyone()
          .post(
              "/login",
              Json.createObjectBuilder().add("password", server.operatorPassword()).build());
    }
  }

  private interface Call {
    Object send(World world);
  }

  /** A call of each kind. */
  private static final Map<String, Call> CALLS =
      Map.ofEntries(
          Map.entry("inbound", world -> world.operator().post("/inbound", MESSAGE)),
          Map.entry(
              "inbound of a stranger",
              world -> world.operator().post("/inbound", from("telegram", "bot", "815"))),
          Map.entry("pending", world -> world.console().get("/api/v1/pending")),
          Map.entry(
              "approve",
              world ->
                  world
                      .console()
                      .post(
                          "/pending/" + world.requestId() + "/approve",
                          JsonObject.EMPTY_JSON_OBJECT)),
          Map.entry(
              "revoke",
              world -> world.operator().post("/allow-from/revoke", sender("telegram", "b", "1"))),
          Map.entry(
              "seed",
              world ->
                  world
                      .operator()
                      .post(
                          "/allow-from/seed",
                          Json.createObjectBuilder(sender("telegram", "b", "1"))
                              .remove("sender_id")
                              .add("sender_ids", Json.createArrayBuilder().add("@ana"))
                              .build())),
          Map.entry("sessions", world -> world.operator().get("/api/v1/sessions")),
          Map.entry("login", world -> World.signIn(world.server())),
          Map.entry("doctor", world -> world.console().get("/api/v1/doctor")),
          Map.entry(
              "explain",
              world ->
                  world
                      .operator()
                      .get("/api/v1/explain?channel=telegram&account_id=bot&sender_id=815")),
          Map.entry("pairings", world -> world.operator().get("/api/v1/pairings?all=true")),
          Map.entry(
              "setup code",
              world ->
                  world
                      .operator()
                      .post(
                          "/setup-codes",
                          Json.createObjectBuilder()
                              .add("public_url", "wss://nexo.example.com")
                              .build())),
          Map.entry("metrics", world -> world.operator().get("/metrics")),
          Map.entry("ready", world -> world.operator().get("/health/ready")));

  /** Freezes the database, as a frozen PgBouncer would: connections stay open without an answer. */
  private static void assertBoundedWhileFrozen(PackagedServer server, Path pidFile)
      throws Exception {
    World world = World.of(server);
    List<String> names = List.copyOf(CALLS.keySet());
    for (String name : names) {
      if (!name.equals("approve")) {
        CALLS.get(name).send(world);
      }
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    signal("STOP", pid);
    try {
      for (int round = 0; round < 2; round++) {
        Map<String, Duration> times = new ConcurrentHashMap<>();
        Together.run(
            names.size(),
            i -> {
              long start = System.nanoTime();
              Object answer = CALLS.get(names.get(i)).send(world);
              times.put(names.get(i), Duration.ofNanos(System.nanoTime() - start));
              return answer;
            });
        assertThat(times).hasSize(names.size());
        assertThat(times.values())
            .as("%s", times)
            .allSatisfy(time -> assertThat(time).isLessThan(Duration.ofMillis(5_500)));
        assertThat(times.get("ready")).isLessThan(Duration.ofSeconds(5));
      }
    } finally {
      signal("CONT", pid);
    }
    await("answers again").atMost(SOON).until(() -> readiness(server).equals(Optional.of(200)));
  }

  /** Sends a signal to the cluster's processes. */
  private static void signal(String name, long postmaster) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name, "" + postmaster));
    ProcessHandle.of(postmaster)
        .orElseThrow()
        .descendants()
        .forEach(process -> command.add("" + process.pid()));
    new ProcessBuilder(command).start().waitFor();
  }

  private void copy(String from, String to) throws IOException, InterruptedException {
    Process copy = new ProcessBuilder("cp", "-a", from, to).directory(directory.toFile()).start();
    assertThat(copy.waitFor()).isZero();
  }
}
