package dev.nexo.pairing.cli.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nexo.pairing.cli.PairCliRunner;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody who has an end in the source stays in without one, whatever the server answers. */
@DisplayName("End dates of an import")
class EndDateTest {

  private static final String EXPLAIN = "/explain";
  private static final String SEED = "/allow-from/seed";
  private static final String UPDATE = "/allow-from/update";
  private static final String REVOKE = "/allow-from/revoke";
  private static final String FAULT =
      "{\"type\":\"urn:nexo-pairing:problem:storage\",\"title\":\"Busy\",\"status\":503}";

  @TempDir private Path home;
  private final MovableClock clock = new MovableClock();
  private final Map<String, Integer> failing = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private boolean slow;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(
        EXPLAIN,
        "{\"sender_id\":\"1\",\"reason\":\"challenge\",\"warnings\":[{\"reason\":\"sender_id\","
            + "\"sender_id\":\"1\",\"text\":\"Odd.\"}]}");
    answer(SEED, "{\"seeded\":1,\"rejected\":[],\"rejected_count\":0}");
    answer(UPDATE, "{\"channel\":\"telegram\",\"account_id\":\"default\",\"sender_id\":\"1\"}");
    answer(REVOKE, "{\"revoked\":1}");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String path, String body) {
    server.createContext(
        "/api/v1" + path,
        exchange -> {
          calls.add(path + new String(exchange.getRequestBody().readAllBytes(), UTF_8).strip());
          if (slow) {
            clock.move(Duration.ofHours(2));
          }
          Integer status = failing.get(path);
          byte[] bytes = (status == null ? body : FAULT).getBytes(UTF_8);
          exchange.sendResponseHeaders(status == null ? 200 : status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private PairCliRunner.Said run(String... options) throws IOException {
    Path file =
        Files.writeString(
            home.resolve("people.csv"),
            "channel,sender_id,expires_at\ntelegram,1,"
                + MovableClock.START.plus(Duration.ofHours(1))
                + "\n");
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return new PairCliRunner(home, url, "a-password-of-the-test", clock)
        .run(
            Stream.concat(Stream.of("import", "csv", file.toString()), Stream.of(options))
                .toArray(String[]::new));
  }

  private boolean called(String path) {
    return calls.stream().anyMatch(call -> call.startsWith(path));
  }

  @Test
  @DisplayName("An import and its dry run print the server's warnings")
  void warnings() throws Exception {
    assertThat(run("--dry-run").err()).isEqualTo("Warning: 1: Odd.\n");
    assertThat(run("--dry-run", "--json").out().replaceAll("\\s", ""))
        .contains(
            "\"warnings\":[{\"reason\":\"sender_id\",\"sender_id\":\"1\",\"text\":\"Odd.\"}]");
    assertThat(run().err()).isEqualTo("Warning: 1: Odd.\n");
    assertThat(calls).filteredOn(call -> call.startsWith(SEED)).hasSize(1);
  }

  @Test
  @DisplayName("The end date is set right after seeding")
  void setsEnd() throws Exception {
    assertThat(run().out()).contains("Imported 1 sender(s)");
    assertThat(calls).hasSize(3).element(2).asString().startsWith(UPDATE).contains("expires_at");
  }

  @Test
  @DisplayName("A sender whose end date cannot be set is revoked and named")
  void revokesAgain() throws Exception {
    failing.put(UPDATE, 503);
    PairCliRunner.Said said = run();
    assertThat(said.out()).contains("Imported 0 sender(s)").contains("1 not imported");
    assertThat(said.err()).contains("people.csv line 2: 1 is not imported", "so it was revoked");
    assertThat(calls)
        .last()
        .isEqualTo(
            REVOKE + "{\"channel\":\"telegram\",\"account_id\":\"default\",\"sender_id\":\"1\"}");
  }

  @Test
  @DisplayName("If that sender cannot be revoked, the import stops with the remedy")
  void cannotRevoke() throws Exception {
    failing.put(UPDATE, 503);
    failing.put(REVOKE, 503);
    PairCliRunner.Said said = run();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("telegram:1", "without its expiry", "nexo-pair revoke");
  }

  @Test
  @DisplayName("A sender whose seeding failed is revoked, too")
  void seedFails() throws Exception {
    failing.put(SEED, 503);
    assertThat(run().code()).isEqualTo(1);
    assertThat(called(REVOKE)).isTrue();
  }

  @Test
  @DisplayName("A sender whose end date passes during the import is not seeded")
  void endPasses() throws Exception {
    slow = true;
    assertThat(run().err()).contains("it expired at");
    assertThat(called(EXPLAIN)).isTrue();
    assertThat(called(SEED)).isFalse();
  }
}
