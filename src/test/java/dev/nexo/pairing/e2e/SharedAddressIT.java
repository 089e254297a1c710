package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import dev.nexo.pairing.testing.ServerClient.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Programs and browsers that share one address, because a proxy or a container is in between. */
@DisplayName("One address for everybody")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedAddressIT {

  private static final String TELEGRAM = "of-telegram-current";
  private static final String MATRIX = "of-matrix-current";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static PackagedServer server;
  private static PackagedServer other;

  @BeforeAll
  static void start() {
    server =
        new PackagedServer("shared-address")
            .environment("PAIRING_TRUSTED_PROXIES", "127.0.0.1")
            .environment("PAIRING_PUBLIC_URL", "ws://127.0.0.1:1")
            .yaml(
                "pairing:\n  channels:\n    telegram:\n      password: "
                    + TELEGRAM
                    + "\n    matrix:\n      password: "
                    + MATRIX
                    + "\n")
            .start();
    other = new PackagedServer("shared-address-2").start();
  }

  @AfterAll
  static void stop() {
    try (PackagedServer one = server;
        PackagedServer two = other) {
      // Closes both, even if one cannot be closed.
    }
  }

  private static int inbound(String name, String password, String address) {
    return call("POST", "/api/v1/inbound", basic(name, password), address);
  }

  private static String basic(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static int call(String method, String path, String authorization, String address) {
    String body = "{\"channel\":\"matrix\",\"sender_id\":\"@ana:example.com\"}";
    boolean hasBody = method.equals("POST") && path.endsWith("inbound");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(
                method,
                hasBody
                    ? HttpRequest.BodyPublishers.ofString(body)
                    : HttpRequest.BodyPublishers.noBody())
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", address);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(HTTP, request.build());
  }

  private static int send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Order(1) // The log names failures once a minute, and other tests cause more of them.
  @DisplayName("A plugin with an old password locks out itself alone")
  void oldPassword() {
    String address = "192.0.2.1";
    ServerClient operator = server.operator().from(address);
    String cookie = signIn(address);
    String session = session(operator);
    // Once a second for 14 s in the field; the time between the attempts plays no role.
    int refused = 0;
    for (int i = 0; i < 14; i++) {
      refused += inbound("telegram", "the-old-password", address) == 429 ? 1 : 0;
      assertThat(operator.get("/api/v1/pending").status()).as("the operator").isEqualTo(200);
      assertThat(
              ServerClient.console(server.port(), cookie)
                  .from(address)
                  .get("/api/v1/login")
                  .status())
          .as("a signed-in console")
          .isEqualTo(200);
      assertThat(inbound("matrix", MATRIX, address)).as("another plugin").isEqualTo(200);
      assertThat(call("GET", "/api/v1/companion/session", "Bearer " + session, address))
          .as("a companion")
          .isEqualTo(200);
    }
    assertThat(refused).as("after ten failures").isEqualTo(4);
    assertThat(inbound("telegram", TELEGRAM, address)).as("the guessed login").isEqualTo(429);
    assertThat(inbound("telegram", TELEGRAM, "192.0.2.2")).as("from elsewhere").isEqualTo(200);

    assertThat(doctor(operator))
        .anySatisfy(
            finding ->
                assertThat(finding.toString())
                    .contains(
                        "NXP-1102", "telegram", address, "pairing.channels.telegram (password"));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(log())
                    .contains("NXP-0090 Failed attempts: ", "the login 'telegram' from 192.0.2.1"));
    assertThat(server.anyone().metrics())
        .anySatisfy(
            (name, value) -> {
              assertThat(name).startsWith("pairing_failed_attempts_total").contains("password");
              assertThat(value).isGreaterThanOrEqualTo(10);
            });
    assertThat(log() + doctor(operator)).doesNotContain("the-old-password");
    unlocks(operator, address);
  }

  private static void unlocks(ServerClient operator, String address) {
    assertThat(doctor(operator).toString()).contains("nexo-pair unlock " + address);
    assertThat(server.anyone().from("192.0.2.9").get("/api/v1/locks").status()).isEqualTo(401);
    assertThat(operator.get("/api/v1/locks").json().getJsonArray("locks"))
        .anySatisfy(
            lock ->
                assertThat(lock.asJsonObject())
                    .containsEntry("address", Json.createValue(address))
                    .containsEntry("kind", Json.createValue("password"))
                    .containsEntry("login", Json.createValue("telegram")));
    JsonObject target = Json.createObjectBuilder().add("target", address).build();
    assertThat(operator.posted("/locks/unlock", target).getInt("unlocked")).isPositive();
    assertThat(inbound("telegram", TELEGRAM, address)).as("after the unlock").isEqualTo(200);
    assertThat(operator.get("/api/v1/locks").body()).doesNotContain("telegram");
    assertThat(operator.get("/api/v1/audit?limit=5").body())
        .contains("\"action\":\"unlocked\"", "\"detail\":\"" + address + "\"");
  }

  @Test
  @DisplayName("Mistyped codes of an operator lock nobody")
  void mistypedCodes() {
    String address = "192.0.2.3";
    ServerClient operator = server.operator().from(address);
    String cookie = signIn(address);
    ServerClient console = ServerClient.console(server.port(), cookie).from(address);
    for (int i = 0; i < 12; i++) {
      for (ServerClient caller : List.of(operator, console)) {
        String path = "/pending/ZZZZZZ2" + (char) ('A' + i);
        assertThat(caller.post(path + "/approve").status()).isEqualTo(404);
        assertThat(caller.post(path + "/deny").status()).isEqualTo(404);
      }
    }
    assertThat(operator.get("/api/v1/pending").status()).isEqualTo(200);
    assertThat(console.get("/api/v1/pending").status()).isEqualTo(200);
    assertThat(inbound("matrix", MATRIX, address)).isEqualTo(200);
    assertThat(call("POST", "/api/v1/pending/ZZZZZZ22/approve", null, address))
        .as("without a login")
        .isEqualTo(401);
  }

  @Test
  @DisplayName("Tokens that have ended are no guesses")
  void endedTokens() {
    String address = "192.0.2.4";
    ServerClient operator = server.operator().from(address);
    String spent = issued(operator);
    assertThat(redeem(spent, address).status()).isEqualTo(201);
    JsonObject cancelled = issue(operator);
    operator.delete("/setup-codes/" + cancelled.getString("setup_id"));
    for (int i = 0; i < 12; i++) {
      int answer = i < 10 ? 401 : 429;
      assertThat(redeem(spent, address).status()).isEqualTo(answer);
      assertThat(redeem(cancelled.getString("bootstrap_token"), address).status())
          .isEqualTo(answer);
    }
    assertThat(redeem(issued(operator), address).status()).as("the next companion").isEqualTo(201);
    assertThat(operator.get("/api/v1/pending").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("Trying another name or token each time is refused after ten, and locks no account")
  void rotatingGuesses() {
    String address = "192.0.2.5";
    ServerClient operator = server.operator().from(address);
    String session = session(operator);
    assertThat(call("GET", "/api/v1/companion/session", "Bearer " + session, address))
        .isEqualTo(200);
    int judged = 0;
    for (int i = 0; i < 30; i++) {
      judged += inbound("guess" + i, "guess", address) == 401 ? 1 : 0;
      judged +=
          call("GET", "/api/v1/companion/session", "Bearer guess" + i, address) == 401 ? 1 : 0;
    }
    assertThat(judged).isEqualTo(20);
    assertThat(operator.get("/api/v1/pending").status()).isEqualTo(200);
    assertThat(inbound("matrix", "guess", address)).as("reveals no account").isEqualTo(429);
    assertThat(inbound("matrix", MATRIX, address)).isEqualTo(200);
    assertThat(call("GET", "/api/v1/companion/session", "Bearer " + session, address))
        .as("a token that is in use there")
        .isEqualTo(200);
    String code = issued(operator);
    assertThat(redeem(code, address).status()).as("a new companion").isEqualTo(201);
    JsonObject cancelled = issue(operator);
    operator.delete("/setup-codes/" + cancelled.getString("setup_id"));
    assertThat(redeem(cancelled.getString("bootstrap_token"), address).status())
        .as("a cancelled code, like a wrong one")
        .isEqualTo(429);
    assertThat(doctor(operator).toString()).doesNotContain("guess");
  }

  @Test
  @DisplayName("Scrapes of /metrics with credentials leave nothing in the logs")
  void scrapes() {
    int before = log().length();
    for (int i = 0; i < 20; i++) {
      assertThat(call("GET", "/metrics", basic("operator", server.operatorPassword()), "192.0.2.6"))
          .isEqualTo(200);
      assertThat(call("GET", "/metrics", basic("prometheus", "wrong"), "192.0.2.7")).isEqualTo(200);
    }
    String since = log().substring(before);
    assertThat(since).doesNotContain("CWWKS", "FFDC", "SRVE");
    assertThat(ffdc()).isEmpty();
  }

  @Test
  @DisplayName("Two servers on one host keep their consoles signed in, each by its own cookie")
  void oneCookieJar() {
    CookieManager jar = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    HttpClient browser = HttpClient.newBuilder().cookieHandler(jar).build();
    for (PackagedServer one : List.of(server, other)) {
      JsonObject body = Json.createObjectBuilder().add("password", one.operatorPassword()).build();
      HttpRequest signIn =
          request(one, "/api/v1/login")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
              .build();
      assertThat(send(browser, signIn)).isEqualTo(204);
    }
    for (PackagedServer one : List.of(server, other, server)) {
      assertThat(send(browser, request(one, "/api/v1/pending").build())).isEqualTo(200);
    }
    HttpRequest signOut =
        request(other, "/api/v1/logout").POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(send(browser, signOut)).isEqualTo(204);
    assertThat(send(browser, request(other, "/api/v1/pending").build())).isEqualTo(401);
    assertThat(send(browser, request(server, "/api/v1/pending").build()))
        .as("the other stays signed in")
        .isEqualTo(200);
  }

  private static HttpRequest.Builder request(PackagedServer one, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + one.port() + path))
        .header("X-Pairing-Surface", "console");
  }

  private static String signIn(String address) {
    JsonObject body = Json.createObjectBuilder().add("password", server.operatorPassword()).build();
    Answer signedIn = server.anyone().from(address).post("/login", body);
    assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(204);
    return header(signedIn, "set-cookie").replaceFirst(";.*", "");
  }

  private static String header(Answer answer, String name) {
    for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue().get(0);
      }
    }
    throw new AssertionError("no header " + name);
  }

  private static JsonObject issue(ServerClient operator) {
    Answer issued =
        operator.post("/setup-codes", Json.createObjectBuilder().add("device_label", "x").build());
    assertThat(issued.status()).isEqualTo(201);
    return issued.json();
  }

  private static String issued(ServerClient operator) {
    return issue(operator).getString("bootstrap_token");
  }

  private static Answer redeem(String token, String address) {
    return ServerClient.bearer(server.port(), token).from(address).post("/companion/session");
  }

  private static String session(ServerClient operator) {
    return redeem(issued(operator), "192.0.2.99").json().getString("session_token");
  }

  private static List<JsonObject> doctor(ServerClient operator) {
    return operator
        .get("/api/v1/doctor")
        .json()
        .getJsonArray("checks")
        .getValuesAs(JsonObject.class);
  }

  private static Path messages() {
    return server
        .logFiles()
        .filter(file -> file.endsWith("messages.log"))
        .findFirst()
        .orElseThrow();
  }

  private static String log() {
    try {
      return Files.readString(messages());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> ffdc() {
    try (Stream<Path> files = server.logFiles()) {
      return files.filter(file -> file.toString().contains("ffdc")).toList();
    }
  }
}
