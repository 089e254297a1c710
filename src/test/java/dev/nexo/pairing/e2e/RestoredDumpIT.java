package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.from;
import static dev.nexo.pairing.e2e.Messages.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.EventTap;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.Postgres;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The packaged server while its PostgreSQL database is restored from a dump. */
@NeedsProgram({"pg_dump", "psql"})
@DisplayName("Dump restored under the packaged server")
class RestoredDumpIT {

  private static final JsonObject ANA = from("telegram", "bot", "4711");

  private final StorageSettings storage = Postgres.newDatabase();

  /** Runs a program of PostgreSQL on the database. */
  private void run(String program, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(options));
    command.add("--dbname=" + storage.url().orElseThrow().substring("jdbc:".length()));
    command.add("--username=" + storage.username().orElseThrow());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("PGPASSWORD", storage.password().orElseThrow());
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(program).isTrue();
    assertThat(process.exitValue()).as(program).isZero();
  }

  private static String decision(ServerClient operator) {
    JsonObject answer = operator.posted("/inbound", ANA);
    return answer.getString("reason", answer.getString("decision"));
  }

  private static void seed(ServerClient operator, String sender) {
    operator.posted(
        "/allow-from/seed",
        Json.createObjectBuilder()
            .add("channel", "telegram")
            .add("account_id", "bot")
            .add("sender_ids", Json.createArrayBuilder().add(sender))
            .build());
  }

  @Test
  @DisplayName("It is refused within 1 s, and a restart uses exactly it")
  void restored() throws Exception {
    Path dump = Path.of("target", "e2e", "restored-dump.sql").toAbsolutePath();
    try (PackagedServer server =
        new PackagedServer("restored-dump")
            .environment("PAIRING_STORAGE_URL", storage.url().orElseThrow())
            .environment("PAIRING_STORAGE_USERNAME", storage.username().orElseThrow())
            .environment("PAIRING_STORAGE_PASSWORD", storage.password().orElseThrow())
            .start()) {
      ServerClient operator = server.operator();
      seed(operator, "4711");
      run("pg_dump", "--clean", "--if-exists", "--file=" + dump);
      seed(operator, "4712");
      assertThat(decision(operator)).isEqualTo("admit");
      assertThat(decision(operator)).as("from the cache").isEqualTo("admit");
      try (EventTap events = operator.listen()) {
        await().until(() -> events.lastId() >= 0);
        restore(dump);
        assertRefused(server, operator, events);
      }
      server.stop();
      server.start();
      assertThat(decision(operator)).isEqualTo("admit");
      assertThat(operator.posted("/inbound", from("telegram", "bot", "4712")).getString("decision"))
          .as("admitted after the dump")
          .isNotEqualTo("admit");
      assertThat(
              operator
                  .posted("/allow-from/revoke", sender("telegram", "bot", "4711"))
                  .getInt("revoked"))
          .isEqualTo(1);
      assertThat(decision(operator)).isNotEqualTo("admit");
    }
  }

  private void restore(Path dump) throws Exception {
    run("psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=" + dump);
  }

  private static void assertRefused(PackagedServer server, ServerClient operator, EventTap events)
      throws IOException {
    long restored = System.nanoTime();
    await("refused")
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                decision(operator).equals("storage")
                    && server.anyone().status("/health/ready").equals(Optional.of(503))
                    && !events.events("reset").isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - restored)).isLessThan(Duration.ofSeconds(1));
    for (String change : new String[] {"/allow-from/revoke", "/blocked/block"}) {
      assertThat(operator.post(change, sender("telegram", "bot", "4711")).status())
          .as(change)
          .isEqualTo(503);
    }
    assertThat(operator.get("/api/v1/doctor").body()).contains("NXP-1112");
    assertThat(server.console()).contains("NXP-0016");
  }
}
