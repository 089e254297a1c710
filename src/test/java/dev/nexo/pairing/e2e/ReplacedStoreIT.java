package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.from;
import static dev.nexo.pairing.e2e.Messages.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.EventTap;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The packaged server while an operator replaces the files of its database. */
@DisplayName("Store replaced under the packaged server")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplacedStoreIT {

  private static final Duration WITHIN = Duration.ofSeconds(1);
  private static final JsonObject MESSAGE = from("telegram", "bot", "4711");

  private static PackagedServer server;
  private static ServerClient operator;

  @BeforeAll
  static void start() {
    server = new PackagedServer("replaced-store").start();
    operator = server.operator();
    seed("4711");
  }

  private static void seed(String sender) {
    operator.posted(
        "/allow-from/seed",
        Json.createObjectBuilder()
            .add("channel", "telegram")
            .add("account_id", "bot")
            .add("sender_ids", Json.createArrayBuilder().add(sender))
            .build());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void shell(String command) throws Exception {
    ProcessBuilder shell = new ProcessBuilder("sh", "-ec", command).inheritIO();
    shell.environment().put("NEXO_HOME", server.home().toString());
    shell.environment().put("ELSEWHERE", server.home().resolve("elsewhere").toString());
    Process process = shell.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static String decision() {
    JsonObject answer = operator.posted("/inbound", MESSAGE);
    return answer.getString("reason", answer.getString("decision"));
  }

  private static void assertRefusedAfter(String command) throws Exception {
    assertThat(decision()).isEqualTo("admit");
    assertThat(decision()).as("from the cache").isEqualTo("admit");
    try (EventTap events = operator.listen()) {
      await().until(() -> events.lastId() >= 0);
      shell(command);
      long replaced = System.nanoTime();
      await("refused")
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  decision().equals("storage")
                      && server.anyone().status("/health/ready").equals(Optional.of(503))
                      && !events.events("reset").isEmpty());
      assertThat(Duration.ofNanos(System.nanoTime() - replaced)).isLessThan(WITHIN);
      assertThat(decision()).isEqualTo("storage");
      assertThat(operator.post("/allow-from/revoke", sender("telegram", "bot", "4711")).status())
          .isEqualTo(503);
      assertThat(operator.post("/blocked/block", sender("telegram", "bot", "4711")).status())
          .isEqualTo(503);
      assertThat(operator.get("/api/v1/doctor").body())
          .contains("NXP-1111", "was replaced under the running server", "pairing.db");
      assertThat(server.console()).contains("NXP-0016").contains(server.database().toString());
      assertThat(server.anyone().get("/health/ready").body())
          .contains("not writable")
          .doesNotContain(server.home().toString());
    }
  }

  private static void assertBackAfter(String command) throws Exception {
    shell(command);
    await("ready again")
        .atMost(Duration.ofSeconds(5))
        .until(() -> server.anyone().status("/health/ready").equals(Optional.of(200)));
    assertThat(decision()).isEqualTo("admit");
  }

  @Test
  @Order(1)
  @DisplayName("A directory that is moved and copied back is refused until it is moved back")
  void directory() throws Exception {
    assertRefusedAfter("mv $NEXO_HOME/data $ELSEWHERE; cp -a $ELSEWHERE $NEXO_HOME/data");
    assertBackAfter("rm -rf $NEXO_HOME/data; mv $ELSEWHERE $NEXO_HOME/data");
  }

  @Test
  @Order(2)
  @DisplayName("A file that is moved and copied back is refused until it is moved back")
  void file() throws Exception {
    assertRefusedAfter(
        "mv $NEXO_HOME/data/pairing.db $ELSEWHERE; cp -a $ELSEWHERE $NEXO_HOME/data/pairing.db");
    assertBackAfter("mv $ELSEWHERE $NEXO_HOME/data/pairing.db");
  }

  @Test
  @Order(3)
  @DisplayName("A backup copied into the open file is refused, and a restart uses exactly it")
  void overwritten() throws Exception {
    Path backup = server.home().resolve("elsewhere");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + server.database());
        Statement statement = other.createStatement()) {
      statement.execute("VACUUM INTO '" + backup + "'");
    }
    seed("4712");
    assertRefusedAfter("cp $ELSEWHERE $NEXO_HOME/data/pairing.db");
    server.stop();
    assertThat(server.database()).hasSameBinaryContentAs(backup);
    server.start();
    operator = server.operator();
    assertThat(decision()).isEqualTo("admit");
    assertThat(operator.posted("/inbound", from("telegram", "bot", "4712")).getString("decision"))
        .as("admitted after the backup")
        .isNotEqualTo("admit");
    seed("4712");
    shell("rm $ELSEWHERE $NEXO_HOME/data/pairing.db-wal.replaced");
  }

  @Test
  @Order(4)
  @DisplayName("A deleted directory is refused until the restart, which resets listeners")
  void deleted() throws Exception {
    assertRefusedAfter("rm -rf $NEXO_HOME/data");
    server.stop();
    server.start();
    try (EventTap events = server.operator().listenAfter(999_999_999_999_999_999L)) {
      await().until(() -> !events.events("reset").isEmpty());
    }
    operator = server.operator();
    assertThat(decision()).as("nobody is admitted by an empty database").isNotEqualTo("admit");
  }
}
