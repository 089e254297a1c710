package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.from;
import static dev.nexo.pairing.e2e.Messages.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.EventTap;
import dev.nexo.pairing.testing.EventTap.Event;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import dev.nexo.pairing.testing.Together;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes on one of two servers with a shared database take effect on the other. */
@Tag("slow")
@DisplayName("Two servers on one database")
class TwoNodesIT {

  private static final int REVOCATIONS = 200;
  private static final int CALLERS = 8;
  private static final Duration SOON = Duration.ofSeconds(20);

  private static TwoNodes nodes;
  private static ServerClient one;
  private static ServerClient other;

  @BeforeAll
  static void start() {
    nodes = new TwoNodes("two-nodes").start();
    one = nodes.operator(nodes.first());
    other = nodes.operator(nodes.second());
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  private static String decision(ServerClient node, JsonObject message) {
    JsonObject answer = node.posted("/inbound", message);
    return answer.getString("reason", answer.getString("decision"));
  }

  private static void seed(ServerClient node, String account, int from, int to) {
    JsonArrayBuilder ids = Json.createArrayBuilder();
    for (int i = from; i < to; i++) {
      ids.add(id(i));
    }
    node.posted(
        "/allow-from/seed",
        Json.createObjectBuilder()
            .add("channel", "whatsapp")
            .add("account_id", account)
            .add("sender_ids", ids)
            .build());
  }

  private static String id(int number) {
    return "+1555%07d".formatted(number);
  }

  @Test
  @DisplayName("A sender revoked on one server is dropped on the other within 1 s")
  void revokedWithinASecond() {
    seed(one, "raced", 0, REVOCATIONS);
    long[] delays = new long[REVOCATIONS];
    for (int i = 0; i < REVOCATIONS; i++) {
      JsonObject message = from("whatsapp", "raced", id(i));
      assertThat(decision(other, message)).isEqualTo("admit");
      assertThat(decision(other, message)).as("from the cache").isEqualTo("admit");
      one.posted("/allow-from/revoke", sender("whatsapp", "raced", id(i)));
      long revoked = System.nanoTime();
      await("the drop of " + i)
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> !decision(other, message).equals("admit"));
      delays[i] = System.nanoTime() - revoked;
    }
    Arrays.sort(delays);
    System.out.printf(
        "From a revocation on one node to the drop on the other, %d times: median %d ms, largest %d"
            + " ms%n",
        REVOCATIONS,
        TimeUnit.NANOSECONDS.toMillis(delays[REVOCATIONS / 2]),
        TimeUnit.NANOSECONDS.toMillis(delays[REVOCATIONS - 1]));
    assertThat(Duration.ofNanos(delays[REVOCATIONS - 1])).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("A block or unblock on one server applies on the other within 1 s")
  void blockedWithinASecond() {
    seed(one, "blocked", 2000, 2001);
    JsonObject message = from("whatsapp", "blocked", id(2000));
    JsonObject sender = sender("whatsapp", "blocked", id(2000));
    assertThat(decision(other, message)).isEqualTo("admit");
    assertThat(decision(other, message)).as("from the cache").isEqualTo("admit");
    assertThat(one.posted("/blocked/block", sender).getInt("blocked")).isEqualTo(1);
    await("the drop")
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> decision(other, message).equals("blocked"));
    assertThat(decision(one, message)).isEqualTo("blocked");
    assertThat(other.get("/api/v1/blocked?account_id=blocked").body()).contains(id(2000));
    assertThat(other.posted("/blocked/block", sender).getInt("blocked")).isZero();

    assertThat(decision(other, message)).isEqualTo("blocked");
    // The list ends with the block, and contains what both have dropped since. Polling may have
    // dropped some before the block was counted.
    await("one list for both servers")
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonObject dropped = dropped(one);
              assertThat(dropped).isEqualTo(dropped(other));
              assertThat(dropped.getString("reason")).isEqualTo("blocked");
              assertThat(dropped.getInt("count")).isGreaterThanOrEqualTo(2);
              assertThat(dropped.getString("text")).isEqualTo("hi");
            });

    assertThat(other.posted("/blocked/unblock", sender).getInt("unblocked")).isEqualTo(1);
    assertThat(decision(one, message)).as("revoked by the block").isEqualTo("challenge");
  }

  private static JsonObject dropped(ServerClient server) {
    return server
        .get("/api/v1/dropped?account_id=blocked")
        .json()
        .getJsonArray("dropped")
        .getJsonObject(0);
  }

  @Test
  @DisplayName("Approvals leave the other's cache, a revocation by Nexo's SQL clears it")
  void onlyNarrowingClearsTheCache() throws SQLException {
    seed(one, "kept", 3000, 3001);
    JsonObject message = from("whatsapp", "kept", id(3000));
    assertThat(decision(other, message)).isEqualTo("admit");
    // Revocations of other tests may still be on their way to this server.
    await("it is cached")
        .atMost(SOON)
        .pollDelay(Duration.ofMillis(600))
        .until(() -> decision(other, message).equals("admit") && isCached(message));

    JsonObject stranger = from("telegram", "kept", "4799");
    String code = one.posted("/inbound", undelivered(stranger)).getString("code");
    one.posted("/pending/" + code + "/approve", JsonValue.EMPTY_JSON_OBJECT);
    seed(one, "kept", 3001, 3101);
    double lookUps = lookUps();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
    while (System.nanoTime() < until) {
      assertThat(decision(other, message)).isEqualTo("admit");
    }
    assertThat(lookUps()).as("decisions that were not cached").isEqualTo(lookUps);

    try (Connection nexo = nodes.connect();
        Statement statement = nexo.createStatement()) {
      statement.executeUpdate(
          "UPDATE pairing_allow_from SET revoked_at = 1800000000 WHERE channel = 'whatsapp' AND"
              + " account_id = 'kept' AND sender_id = '"
              + id(3000)
              + "' AND revoked_at IS NULL");
    }
    await("the drop")
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !decision(other, message).equals("admit"));
  }

  private static boolean isCached(JsonObject message) {
    double before = lookUps();
    return decision(other, message).equals("admit") && lookUps() == before;
  }

  /** How many decisions of the second server were not served from its cache. */
  private static double lookUps() {
    return other.metrics().get("pairing_gate_decision_seconds_count");
  }

  @Test
  @DisplayName("A console login on one server is valid on both, and so is its end")
  void signedInOnBoth() {
    String cookie = signIn();
    ServerClient here = ServerClient.console(nodes.first().port(), cookie);
    ServerClient there = ServerClient.console(nodes.second().port(), cookie);
    assertThat(here.get("/api/v1/login").json().getString("name")).isEqualTo("operator");
    assertThat(there.get("/api/v1/login").json()).isEqualTo(here.get("/api/v1/login").json());
    assertThat(there.posted("/blocked/block", sender("sms", "console", "eve")).getInt("blocked"))
        .isEqualTo(1);
    assertThat(one.get("/api/v1/audit?account_id=console").body())
        .contains("\"actor\":\"operator\"", "\"surface\":\"console\"");
    assertThat(there.post("/logout").status()).isEqualTo(204);
    assertThat(here.get("/api/v1/login").status()).isEqualTo(401);
    assertThat(there.get("/api/v1/login").status()).isEqualTo(401);
  }

  /** Signs in on the first server, with the valid password if each server has generated one. */
  private static String signIn() {
    return Stream.of(nodes.first(), nodes.second())
        .filter(node -> Files.exists(node.home().resolve("secret/operator.password")))
        .map(
            node ->
                nodes
                    .first()
                    .anyone()
                    .post(
                        "/login",
                        Json.createObjectBuilder()
                            .add("password", node.operatorPassword())
                            .build()))
        .filter(answer -> answer.status() == 204)
        .map(answer -> answer.headers().get("set-cookie").get(0).split(";", 2)[0])
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("A decision on one server applies to a request of the other")
  void decidedElsewhere() {
    JsonObject stranger = from("telegram", "bot", "4711");
    JsonObject challenge = one.posted("/inbound", undelivered(stranger));
    assertThat(challenge.getString("decision")).isEqualTo("challenge");
    assertThat(other.posted("/inbound", undelivered(stranger)).getString("code"))
        .isEqualTo(challenge.getString("code"));
    other.posted(
        "/pending/" + challenge.getString("code") + "/approve", JsonValue.EMPTY_JSON_OBJECT);
    assertThat(decision(one, stranger)).isEqualTo("admit");
    assertThat(decision(other, stranger)).isEqualTo("admit");

    JsonObject unwanted = from("telegram", "bot", "4712");
    String code = one.posted("/inbound", undelivered(unwanted)).getString("code");
    other.posted("/pending/" + code + "/deny", JsonValue.EMPTY_JSON_OBJECT);
    assertThat(decision(one, unwanted)).isEqualTo("denied");

    seed(other, "seeded", 900, 901);
    assertThat(decision(one, from("whatsapp", "seeded", id(900)))).isEqualTo("admit");
  }

  private static JsonObject undelivered(JsonObject message) {
    return Json.createObjectBuilder(message).add("deliver", false).build();
  }

  @Test
  @DisplayName("A token redeemed on both at once opens one session, valid on both")
  void redeemedOnBoth() throws Exception {
    Files.deleteIfExists(nodes.second().home().resolve("secret/pairing.key"));
    ServerClient.Answer code =
        one.post(
            "/setup-codes",
            Json.createObjectBuilder().add("public_url", "wss://nexo.example.com").build());
    assertThat(code.status()).as(code.body()).isEqualTo(201);
    // A server without the key is not ready. Its log contains the path of the key.
    await("it is missed")
        .atMost(SOON)
        .until(() -> other.status("/health/ready").equals(Optional.of(503)));
    shareKey();

    String token = code.json().getString("bootstrap_token");
    List<ServerClient.Answer> answers =
        Together.run(
            8,
            i ->
                ServerClient.bearer((i % 2 == 0 ? nodes.first() : nodes.second()).port(), token)
                    .post("/companion/session"));
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    JsonObject opened =
        answers.stream().filter(a -> a.status() == 201).findFirst().orElseThrow().json();
    for (PackagedServer node : List.of(nodes.first(), nodes.second())) {
      assertThat(
              ServerClient.bearer(node.port(), opened.getString("session_token"))
                  .get("/api/v1/companion/session")
                  .status())
          .isEqualTo(200);
    }
    assertThat(other.delete("/sessions/" + opened.getString("session_id")).status()).isEqualTo(204);
    assertThat(
            ServerClient.bearer(nodes.first().port(), opened.getString("session_token"))
                .get("/api/v1/companion/session")
                .status())
        .isEqualTo(401);
  }

  /** Copies the first server's key to the second one, unless it is there. */
  private static void shareKey() throws IOException {
    Path secrets = Path.of("secret/pairing.key");
    Files.copy(
        nodes.first().home().resolve(secrets),
        nodes.second().home().resolve(secrets),
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    await("ready with the copy")
        .atMost(SOON)
        .until(() -> other.status("/health/ready").equals(Optional.of(200)));
  }

  @Test
  @DisplayName("A companion connected to one is closed if the other ends its session")
  void endedElsewhere() {
    JsonObject code =
        one.post(
                "/setup-codes",
                Json.createObjectBuilder()
                    .add("public_url", "ws://127.0.0.1:" + nodes.first().port())
                    .build())
            .json();
    try (PlainCompanion companion = PlainCompanion.at(code.getString("url"))) {
      companion.send(
          Json.createObjectBuilder()
              .add("bootstrap_token", code.getString("bootstrap_token"))
              .add("keep", true)
              .build());
      String token = companion.frame(0).getString("session_token");
      String id =
          ServerClient.bearer(nodes.first().port(), token)
              .get("/api/v1/companion/session")
              .json()
              .getString("session_id");
      assertThat(other.delete("/sessions/" + id).status()).isEqualTo(204);
      assertThat(companion.frame(1).getString("event")).isEqualTo("revoked");
      assertThat(companion.closeCode()).isEqualTo(1000);
    }
  }

  @Test
  @DisplayName("A companion on a server without database gets a notice and is closed in 5 to 7 s")
  void unconfirmed() throws IOException {
    JsonObject code =
        one.post(
                "/setup-codes",
                Json.createObjectBuilder()
                    .add("public_url", "ws://127.0.0.1:" + nodes.second().port())
                    .build())
            .json();
    shareKey();
    String url = code.getString("url") + "?keep=true";
    try (PlainCompanion companion =
        PlainCompanion.withBearer(url, code.getString("bootstrap_token"))) {
      String token = companion.frame(0).getString("session_token");
      ServerClient there = ServerClient.bearer(nodes.first().port(), token);
      String id = there.get("/api/v1/companion/session").json().getString("session_id");
      nodes.wire().fallSilent();
      long cut = System.nanoTime();
      try {
        assertThat(one.delete("/sessions/" + id).status()).isEqualTo(204);
        assertThat(companion.frame(1))
            .isEqualTo(Json.createObjectBuilder().add("event", "unconfirmed").build());
        assertThat(companion.closeCode()).isEqualTo(1013);
        assertThat(Duration.ofNanos(System.nanoTime() - cut))
            .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(7));
      } finally {
        nodes.wire().restore();
      }
      await("the server is back")
          .atMost(Duration.ofSeconds(60))
          .until(() -> other.status("/health/ready").equals(Optional.of(200)));
      assertThat(there.get("/api/v1/companion/session").status()).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("An event on either server reaches both once, in order, within 1 s")
  void heardOnBoth() throws Exception {
    seed(one, "heard", 0, REVOCATIONS + 10);
    try (EventTap here = one.listen();
        EventTap there = other.listen()) {
      await().atMost(SOON).until(() -> here.lastId() > 0 && there.lastId() > 0);
      Together.run(
          CALLERS,
          caller -> {
            for (int i = caller; i < REVOCATIONS; i += CALLERS) {
              (caller % 2 == 0 ? one : other)
                  .posted("/allow-from/revoke", sender("whatsapp", "heard", id(i)));
            }
            return null;
          });
      await("all are heard")
          .atMost(SOON)
          .until(() -> heard(here).size() >= REVOCATIONS && heard(there).size() >= REVOCATIONS);
      assertThat(heard(here)).doesNotHaveDuplicates().hasSize(REVOCATIONS);
      assertThat(heard(there)).as("in the same order").isEqualTo(heard(here));
      assertThat(here.events()).extracting(Event::id).isSorted().doesNotHaveDuplicates();

      Duration longest = Duration.ZERO;
      for (int i = REVOCATIONS; i < REVOCATIONS + 10; i++) {
        String sender = id(i);
        long before = System.nanoTime();
        one.posted("/allow-from/revoke", sender("whatsapp", "heard", sender));
        await().atMost(SOON).until(() -> heard(there).contains(sender));
        long at = there.events().get(there.events().size() - 1).at();
        longest = Collections.max(List.of(longest, Duration.ofNanos(at - before)));
      }
      System.out.printf(
          "From a call on one node to the event on the other, 10 times: at most %d ms%n",
          longest.toMillis());
      assertThat(longest).isLessThan(Duration.ofSeconds(1));
    }
  }

  private static List<String> heard(EventTap tap) {
    return tap.events("revoked").stream()
        .filter(event -> event.data().getString("account_id").equals("heard"))
        .map(event -> event.data().getString("sender_id"))
        .toList();
  }

  @Test
  @DisplayName("A server cut off from the database admits nobody, and recovers")
  void cutOff() {
    lost("cut", 1000, nodes.wire()::cut);
  }

  @Test
  @DisplayName("The same holds if the network drops packets silently")
  void silence() {
    lost("silent", 1100, nodes.wire()::fallSilent);
  }

  private static void lost(String account, int number, Runnable loss) {
    seed(one, account, number, number + 2);
    JsonObject message = from("whatsapp", account, id(number));
    JsonObject unaffected = from("whatsapp", account, id(number + 1));
    assertThat(decision(other, message)).isEqualTo("admit");
    assertThat(examined()).contains("database ok", "clock ok").doesNotContain("database fault");
    eightChannels();
    EventTap tap = other.listen();
    loss.run();
    long lost = System.nanoTime();
    try {
      one.posted("/allow-from/revoke", sender("whatsapp", account, id(number)));
      AtomicLong lastAdmitted = new AtomicLong(lost);
      await("the cache is not believed any longer")
          .atMost(SOON)
          .until(
              () -> {
                long asked = System.nanoTime();
                String answer = decision(other, message);
                if (answer.equals("admit")) {
                  lastAdmitted.set(asked);
                }
                return answer.equals("storage");
              });
      assertThat(Duration.ofNanos(lastAdmitted.get() - lost))
          .as("believed after the loss")
          .isLessThan(Duration.ofMillis(1_250));
      await("not ready")
          .atMost(SOON)
          .until(() -> other.status("/health/ready").equals(Optional.of(503)));
      long asked = System.nanoTime();
      assertThat(decision(other, unaffected)).isEqualTo("storage");
      assertThat(Duration.ofNanos(System.nanoTime() - asked))
          .as("a storage wait ends")
          .isLessThan(Duration.ofSeconds(8));
      assertThat(other.get("/api/v1/pending").status()).isEqualTo(503);
      assertThat(other.get("/api/v1/events").status()).isEqualTo(503);
      for (int i = 0; i < 3; i++) {
        asked = System.nanoTime();
        assertThat(other.status("/metrics")).hasValue(200);
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
            .as("a scrape ends before Prometheus gives up")
            .isLessThan(Duration.ofSeconds(1));
      }
      await("pairing_ready is 0")
          .atMost(SOON)
          .until(() -> other.metrics().get("pairing_ready{part=\"database\"}") == 0);
      assertThat(other.metrics().get("pairing_requests_pending{channel=\"whatsapp\"}")).isNaN();
      asked = System.nanoTime();
      assertThat(examined()).contains("database fault");
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
      assertThat(other.status("/health/live")).hasValue(200);
      assertThat(one.status("/health/ready")).hasValue(200);
    } finally {
      nodes.wire().restore();
    }
    await("an answer from the database")
        .atMost(SOON)
        .until(
            () -> {
              String answer = decision(other, message);
              assertThat(answer).as("revoked meanwhile").isNotEqualTo("admit");
              return answer.equals("challenge");
            });
    await("admitted again").atMost(SOON).until(() -> decision(other, unaffected).equals("admit"));
    await("ready again")
        .atMost(SOON)
        .until(() -> other.status("/health/ready").equals(Optional.of(200)));
    await("what was missed is heard, on the stream that stayed open")
        .atMost(SOON)
        .until(() -> !tap.events("pending").isEmpty());
    assertThat(tap.events("revoked"))
        .extracting(event -> event.data().getString("sender_id"))
        .containsExactly(id(number));
    tap.close();
  }

  /** Inserts requests of eight more channels, each of which has a gauge. */
  private static void eightChannels() {
    try (Connection connection = nodes.connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO pairing_pending (channel, account_id, sender_id, code, created_at)"
              + " SELECT 'channel' || i, 'default', 'ana', 'ABCDEFG' || (i + 1),"
              + " extract(epoch FROM now())::bigint FROM generate_series(1, 8) i"
              + " ON CONFLICT (channel, account_id, sender_id)"
              + " DO UPDATE SET created_at = excluded.created_at");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    await("their gauges")
        .atMost(SOON)
        .until(() -> other.metrics().containsKey("pairing_requests_pending{channel=\"channel8\"}"));
  }

  /** The doctor's findings of the second server. */
  private static List<String> examined() {
    return other.get("/api/v1/doctor").json().getJsonArray("checks").stream()
        .map(JsonValue::asJsonObject)
        .map(found -> found.getString("check") + " " + found.getString("level"))
        .toList();
  }
}
