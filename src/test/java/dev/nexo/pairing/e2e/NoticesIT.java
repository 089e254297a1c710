package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.Certificates;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.PushReceiver;
import dev.nexo.pairing.testing.ServerClient;
import dev.nexo.pairing.testing.WebhookReceiver;
import dev.nexo.pairing.testing.WebhookReceiver.Call;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Notices to operators on the packaged server, with a real receiver of the webhook. */
@DisplayName("Notices to operators on the packaged server")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoticesIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MEASURED = 200;

  private static WebhookReceiver receiver;
  private static PushReceiver browser;
  private static PackagedServer server;
  private static ServerClient operator;

  @BeforeAll
  static void start() {
    receiver = new WebhookReceiver();
    browser = new PushReceiver();
    server =
        new PackagedServer("notices")
            .environment("PAIRING_NOTIFY_WEBHOOK_URL", receiver.url())
            .environment("PAIRING_NOTIFY_WEBHOOK_SECRET", WebhookReceiver.SECRET)
            .environment("PAIRING_NOTIFY_WEB_PUSH_ORIGINS", browser.origin())
            .start();
    operator = server.operator();
  }

  @AfterAll
  static void stop() {
    try (PackagedServer first = server;
        WebhookReceiver second = receiver;
        PushReceiver third = browser) {
      // Closes each of them, even if another one fails to close.
    }
  }

  /** Lets the next request be told at once, though another one was told within the last minute. */
  private static void forgetTheLastNotice() {
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + server.database());
        Statement statement = database.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.executeUpdate("UPDATE pairing_notice_plan SET planned_at = 0");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The kinds of the messages to a sender that the server has sent or will send. */
  private static List<String> messages(String sender) {
    List<String> kinds = new ArrayList<>();
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + server.database());
        Statement statement = database.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      ResultSet rows =
          statement.executeQuery(
              "SELECT kind FROM pairing_outbox WHERE sender_id = '" + sender + "'");
      while (rows.next()) {
        kinds.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return kinds;
  }

  private static void write(String account, String sender) {
    JsonObject message =
        Json.createObjectBuilder()
            .add("channel", "matrix")
            .add("account_id", account)
            .add("sender_id", sender)
            .add("text", "Hello from " + sender)
            .add("deliver", false)
            .add("meta", Json.createObjectBuilder().add("display_name", "Ana"))
            .build();
    assertThat(operator.posted("/inbound", message).getString("decision")).isEqualTo("challenge");
  }

  private static Optional<Call> call(String sender) {
    return receiver.calls().stream()
        .filter(call -> call.body().contains("\"" + sender + "\""))
        .findFirst();
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static JsonObject webhook() {
    return operator.get("/api/v1/notices").json().getJsonArray("ways").stream()
        .map(value -> value.asJsonObject())
        .filter(way -> way.getString("way").equals("webhook"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(1)
  @DisplayName("A call that fails twice comes a third time under its id, without the code")
  void repeated() {
    receiver.answering(500, 500);
    write("first", "@ana:x");
    await().atMost(SOON).until(() -> receiver.calls().size() == 3);
    assertThat(receiver.calls()).allMatch(Call::isSigned);
    assertThat(receiver.calls()).extracting(Call::id).containsOnly(receiver.last().id());
    JsonObject pending =
        operator
            .get("/api/v1/pending?channel=matrix&account_id=first")
            .json()
            .getJsonArray("pending")
            .getJsonObject(0);
    JsonObject told =
        json(receiver.last().body())
            .getJsonObject("data")
            .getJsonArray("requests")
            .getJsonObject(0);
    assertThat(told.getInt("number")).isEqualTo(pending.getInt("number"));
    assertThat(told.getString("sender_id")).isEqualTo("@ana:x");
    assertThat(told.getString("claimed_name")).isEqualTo("Ana");
    assertThat(told.getString("text")).isEqualTo("Hello from @ana:x");
    assertThat(receiver.last().body()).doesNotContain(pending.getString("code"));
    await().atMost(SOON).until(() -> webhook().containsKey("last_success_at"));
    assertThat(webhook().getString("last_failure")).isEqualTo("The receiver answered 500");
    assertThat(operator.metrics())
        .containsEntry("pairing_notices_total{result=\"delivered\",way=\"webhook\"}", 1.0)
        .containsEntry("pairing_notices_total{result=\"failed\",way=\"webhook\"}", 2.0);
  }

  @Test
  @Order(4)
  @DisplayName("A pushed notification admits the stranger exactly once; 410 ends the subscription")
  void pushed() {
    String id =
        operator.post("/notices/push", browser.subscription("phone")).json().getString("id");
    forgetTheLastNotice();
    write("pushed", "@push:x");
    await()
        .atMost(SOON)
        .until(() -> browser.calls().stream().anyMatch(call -> call.text().contains("@push:x")));
    String token = browser.last().json().getString("token");
    assertThat(act("A".repeat(43)).status()).isEqualTo(401);
    assertThat(act(token).json().getString("action")).isEqualTo("approved");
    assertThat(messages("@push:x")).as("the message of notify_requester").contains("approved");
    assertThat(act(token).body()).isEqualTo(act("B".repeat(43)).body());
    JsonObject again =
        Json.createObjectBuilder()
            .add("channel", "matrix")
            .add("account_id", "pushed")
            .add("sender_id", "@push:x")
            .build();
    assertThat(operator.posted("/inbound", again).getString("decision")).isEqualTo("admit");

    browser.answering(410);
    JsonObject test = Json.createObjectBuilder().add("way", "web_push").build();
    assertThat(operator.posted("/notices/test", test).getString("detail"))
        .isEqualTo("The push service has ended the subscription of phone");
    assertThat(operator.get("/api/v1/notices/push").json().getJsonArray("subscriptions")).isEmpty();
    assertThat(operator.delete("/notices/push/" + id).status()).isEqualTo(204);
  }

  private static ServerClient.Answer act(String token) {
    return server
        .anyone()
        .post(
            "/notices/act",
            Json.createObjectBuilder().add("token", token).add("action", "approve").build());
  }

  @Test
  @Order(2)
  @DisplayName("A test by HTTP reports success, a redirect and an unknown way")
  void tried() {
    JsonObject body = Json.createObjectBuilder().add("way", "webhook").build();
    assertThat(operator.posted("/notices/test", body).getBoolean("delivered")).isTrue();
    assertThat(json(receiver.last().body()).getString("type")).isEqualTo("pairing.test");
    receiver.answering(302);
    JsonObject redirected = operator.posted("/notices/test", body);
    assertThat(redirected.getBoolean("delivered")).isFalse();
    assertThat(redirected.getString("detail")).contains("redirects are not followed");
    assertThat(receiver.calls()).extracting(Call::path).doesNotContain("/elsewhere");
    assertThat(operator.get("/api/v1/doctor").body())
        .contains("NXP-1140")
        .doesNotContain("in-the-url");
    assertThat(operator.post("/notices/test", "{\"way\":\"pigeon\"}").status()).isEqualTo(400);
    assertThat(server.anyone().post("/notices/test", body).status()).isEqualTo(401);
  }

  @Test
  @Order(3)
  @DisplayName("The receiver of the guide accepts a call once, and no altered or old one")
  @NeedsProgram("python3")
  void example() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("python3", "src/site/samples/webhook_receiver.py", "0");
    builder.environment().put("WEBHOOK_SECRET", WebhookReceiver.SECRET);
    builder.redirectErrorStream(true);
    Process python = builder.start();
    try (BufferedReader out = python.inputReader()) {
      String[] words = out.readLine().split(" ");
      String url = "http://127.0.0.1:" + words[words.length - 1];
      forgetTheLastNotice();
      write("example", "@eva:x");
      await().atMost(SOON).until(() -> call("@eva:x").isPresent());
      Call call = call("@eva:x").orElseThrow();
      assertThat(forward(url, call, call.timestamp(), call.body() + " ")).isEqualTo(401);
      assertThat(forward(url, call, "1000000000", call.body())).isEqualTo(401);
      assertThat(forward(url, call, call.timestamp(), call.body())).isEqualTo(204);
      assertThat(forward(url, call, call.timestamp(), call.body())).isEqualTo(204);
      Call test = receiver.calls().get(3);
      assertThat(forward(url, test, test.timestamp(), test.body())).isEqualTo(204);
      assertThat(out.readLine())
          .matches("#\\d+ @eva:x \\(Ana\\) on matrix:example: Hello from @eva:x");
      assertThat(out.readLine()).isEqualTo("test");
    } finally {
      python.destroy();
    }
  }

  private static int forward(String url, Call call, String timestamp, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("webhook-id", call.id())
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", call.signature())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  @Order(5)
  @DisplayName("From the message to the webhook takes less than a second, p95")
  void latency() {
    long[] nanos = new long[MEASURED];
    for (int i = 0; i < MEASURED; i++) {
      forgetTheLastNotice();
      String sender = "@m" + i + ":x";
      long start = System.nanoTime();
      write("measured" + i / 3, sender);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(SOON)
          .until(() -> call(sender).isPresent());
      nanos[i] = call(sender).orElseThrow().nanos() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "Message to webhook over %d messages: p50 %.1f ms, p95 %.1f ms, max %.1f ms%n",
        MEASURED,
        nanos[MEASURED / 2] / 1e6,
        nanos[MEASURED * 95 / 100] / 1e6,
        nanos[MEASURED - 1] / 1e6);
    assertThat(Duration.ofNanos(nanos[MEASURED * 95 / 100])).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  @Order(6)
  @DisplayName("In quiet hours nobody is told; after a restart without them, one digest")
  void quietHours() {
    server.stop();
    server.environment("PAIRING_NOTIFY_QUIET_HOURS", "00:00-23:59 UTC").start();
    operator = server.operator();
    assertThat(operator.get("/api/v1/notices").json().getString("quiet_hours"))
        .isEqualTo("00:00-23:59 UTC");
    forgetTheLastNotice();
    write("quiet", "@one:x");
    write("quiet", "@two:x");
    // The planner checks every second; a test by hand is sent, so the webhook works.
    JsonObject body = Json.createObjectBuilder().add("way", "webhook").build();
    assertThat(operator.posted("/notices/test", body).getBoolean("delivered")).isTrue();
    assertThat(call("@one:x")).isEmpty();
    server.stop();
    server.environment("PAIRING_NOTIFY_QUIET_HOURS", null).start();
    operator = server.operator();
    await().atMost(SOON).until(() -> call("@one:x").isPresent());
    JsonObject data = json(call("@one:x").orElseThrow().body()).getJsonObject("data");
    assertThat(data.getInt("total")).isEqualTo(2);
    assertThat(List.of(server.console())).noneMatch(log -> log.contains("in-the-url"));
  }

  @Test
  @Order(7)
  @DisplayName("A webhook with TLS is called if Java trusts the authority of its certificate")
  @NeedsProgram("openssl")
  void tls(@TempDir Path directory) {
    Certificates certificates = new Certificates(directory);
    certificates.certificate("hook", "IP:127.0.0.1", "rsa:2048");
    JsonObject body = Json.createObjectBuilder().add("way", "webhook").build();
    try (WebhookReceiver secure = new WebhookReceiver(certificates.context("hook"))) {
      server.stop();
      server.environment("PAIRING_NOTIFY_WEBHOOK_URL", secure.url()).start();
      operator = server.operator();
      assertThat(operator.posted("/notices/test", body).getString("detail"))
          .as("an unknown authority")
          .startsWith("The TLS connection failed");
      server.stop();
      server
          .environment("JVM_ARGS", "-Xmx4g -Djavax.net.ssl.trustStore=" + certificates.trustStore())
          .start();
      operator = server.operator();
      assertThat(operator.posted("/notices/test", body).getBoolean("delivered")).isTrue();
      assertThat(secure.last().isSigned()).isTrue();
    }
  }
}
