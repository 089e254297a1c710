package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawHttp;
import dev.nexo.pairing.testing.ServerClient;
import dev.nexo.pairing.testing.Together;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Attacks by unauthenticated clients on the packaged server, each of which once stopped it. They
 * run one after another on one server with 256 MB of heap, while an admitted sender writes
 * continuously. The server trusts this machine as a proxy, so that tests can use any number of
 * addresses.
 */
@Tag("slow")
@DisplayName("Attacks without a login on the packaged server")
@NeedsProgram("nats-server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EdgeIT {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final Duration SOON = Duration.ofSeconds(30);

  private NatsServer nats;
  private PackagedServer server;
  private RawHttp raw;
  private AdmittedSender admitted;

  @BeforeAll
  void start() {
    nats = NatsServer.started();
    server =
        new PackagedServer("edge")
            .environment("JVM_ARGS", "-Xmx256m -XX:TieredStopAtLevel=1")
            .environment("PAIRING_TRUSTED_PROXIES", "127.0.0.1")
            .environment("PAIRING_BROKER_URL", nats.url())
            .start();
    raw = new RawHttp(server.port());
  }

  @AfterAll
  void stop() {
    try (NatsServer first = nats;
        PackagedServer second = server) {
      if (admitted != null) {
        admitted.close();
      }
    }
  }

  private String head(String request, String address, String headers) {
    return request
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Forwarded-For: "
        + address
        + "\r\n"
        + headers
        + "\r\n";
  }

  private RawHttp.Answer send(String request, String address, String headers) {
    return raw.send(head(request, address, headers));
  }

  private String operator() {
    String pair = "operator:" + server.operatorPassword();
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }

  @Test
  @Order(1)
  @DisplayName("The first request does not change how paths are interpreted")
  void pathCache() {
    String[][] rows = {
      // path, method, expected status
      {"/api/v1/inbound", "POST", "401"},
      {"/pair", "GET", "426"},
      {"/api/v1/login", "GET", "401"},
      {"/api/v1/pending", "GET", "401"},
      {"/api/v1/companion/session", "GET", "401"},
      {"/js/main.js", "GET", "200"},
      {"/openapi", "GET", "200"},
      {"/health/ready", "GET", "200"},
      {"/metrics", "GET", "200"},
      {"/", "GET", "200"},
    };
    for (String[] row : rows) {
      for (String odd : new String[] {";/../../../x", ";/../x", ";a=b/../../api/v1/login"}) {
        send(row[1] + " " + row[0] + odd, "192.0.2.1", "");
        assertThat(send(row[1] + " " + row[0], "192.0.2.1", "").status())
            .as(row[0] + " after " + row[0] + odd)
            .isEqualTo(Integer.parseInt(row[2]));
      }
    }
    admitted = new AdmittedSender(server.operator(), Duration.ofSeconds(2));
    admitted.start();
  }

  @Test
  @Order(2)
  @DisplayName("Made-up paths and methods create no statistics")
  void statistics() {
    int before = server.anyone().get("/metrics").body().length();
    for (int i = 0; i < 1_000; i++) {
      send("GET /nowhere-" + i, "192.0.2.2", "");
      send("GET /api/v1/nowhere-" + i, "192.0.2.2", "");
      send("MADEUP" + i + " /", "192.0.2.2", "");
      send("GET /health/nowhere-" + i, "192.0.2.2", "");
    }
    String after = server.anyone().get("/metrics").body();
    assertThat(after.length()).isLessThan(before + 1_000);
    assertThat(after).contains("pairing_http_requests_total{").doesNotContain("nowhere");
  }

  @Test
  @Order(3)
  @DisplayName("A thousand slow bodies delay nobody else")
  void slowBodies() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      String body = JSON + "Content-Length: 1000\r\n";
      for (int i = 0; i < 1_000; i++) {
        // Half from one address, the other half from several addresses, eight from each.
        String address = i % 2 == 0 ? "192.0.2.3" : "198.51.100." + i / 16;
        String path = i % 3 == 0 ? "/api/v1/companion/session" : "/api/v1/login";
        slow.add(raw.open(head("POST " + path, address, body) + "{"));
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
      long longest = 0;
      while (System.nanoTime() < end) {
        slow.forEach(EdgeIT::drip);
        for (String path : new String[] {"/health/ready", "/health/live", "/api/v1/login", "/"}) {
          long before = System.nanoTime();
          server.anyone().get(path);
          longest = Math.max(longest, System.nanoTime() - before);
        }
      }
      assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(2));
      Map<Integer, Integer> statuses = new TreeMap<>();
      for (Socket socket : slow) {
        statuses.merge(RawHttp.read(socket).status(), 1, Integer::sum);
      }
      // If our bytes arrive after the answer, a reset of the connection may discard the answer.
      assertThat(statuses.keySet()).isSubsetOf(0, 408, 429);
      assertThat(statuses).containsKeys(408, 429);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertThat(signIn("192.0.2.3").status()).as("the address is free again").isEqualTo(204);
  }

  private static void drip(Socket socket) {
    try {
      socket.getOutputStream().write(' ');
    } catch (IOException e) {
      // The server has answered and closed the connection.
    }
  }

  private RawHttp.Answer signIn(String address) {
    String body = "{\"password\":\"" + server.operatorPassword() + "\"}";
    return send(
        "POST /api/v1/login", address, JSON + "Content-Length: " + body.length() + "\r\n", body);
  }

  private RawHttp.Answer send(String request, String address, String headers, String body) {
    return raw.send(head(request, address, headers), body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Order(4)
  @DisplayName("The server speaks only HTTP/1.1")
  void noHttp2() throws Exception {
    String upgrade =
        "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n";
    try (Socket socket = raw.open(upgrade)) {
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    }
    RawHttp.Answer preface = raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assertThat(preface.status()).isIn(0, 400, 405, 505);
  }

  @Test
  @Order(5)
  @DisplayName("A stranger's Forwarded header locks nobody on the proxy's machine")
  void forwarded() {
    String wrong = "Authorization: Basic b3BlcmF0b3I6d3Jvbmc=\r\n";
    for (String chain : new String[] {"for=192.0.2.1", "for=unknown", "nonsense", "for=\"[::1\""}) {
      for (int i = 0; i < 2 * AttemptLimiter.MAX_FAILURES; i++) {
        send("GET /api/v1/pending", "192.0.2.55", wrong + "Forwarded: " + chain + "\r\n");
      }
    }
    assertThat(server.operator().get("/api/v1/pending").status())
        .as("a bridge on the proxy's machine")
        .isEqualTo(200);
    assertThat(send("GET /api/v1/pending", "192.0.2.55", operator()).status())
        .as("whom the proxy names clearly")
        .isEqualTo(200);
    assertThat(
            send("GET /api/v1/pending", "192.0.2.55", operator() + "Forwarded: nonsense\r\n")
                .status())
        .as("the likes of the stranger")
        .isEqualTo(429);
  }

  @Test
  @Order(6)
  @DisplayName("No more than ten guesses that are released together are judged")
  void heldBackGuesses() throws Exception {
    String[][] rows = {
      // request, headers, body, status of a wrong guess
      {"POST /api/v1/login", JSON, "{\"password\":\"wrong-%d\"}", "401"},
      {"POST /api/v1/companion/session", JSON + "Authorization: Bearer x.%d\r\n", "{}", "401"},
      {"POST /api/v1/companion/challenge", JSON + "Authorization: Bearer y%d\r\n", "{}", "401"},
    };
    int address = 0;
    for (String[] row : rows) {
      // The server reads at most eight unauthenticated bodies of one address at once.
      int guesses = 8;
      String from = "203.0.113." + ++address;
      Map<Integer, Integer> statuses = new TreeMap<>();
      for (int round = 0; round < 3; round++) {
        released(row, from, round * guesses, guesses)
            .forEach((k, v) -> statuses.merge(k, v, Integer::sum));
      }
      assertThat(statuses.keySet()).as(row[0]).isSubsetOf(Integer.parseInt(row[3]), 429);
      assertThat(statuses.get(Integer.parseInt(row[3])))
          .as(row[0] + " " + statuses)
          .isLessThanOrEqualTo(AttemptLimiter.MAX_FAILURES);
    }
    assertThat(basicAtOnce("203.0.113.99")).isLessThanOrEqualTo(AttemptLimiter.MAX_FAILURES);
  }

  private Map<Integer, Integer> released(String[] row, String address, int first, int guesses)
      throws Exception {
    List<Socket> held = new ArrayList<>();
    for (int i = first; i < first + guesses; i++) {
      String body = row[2].formatted(i);
      String headers = row[1].formatted(i) + "Content-Length: " + body.length() + "\r\n";
      held.add(raw.open(head(row[0], address, headers) + body.substring(0, body.length() - 1)));
    }
    for (Socket socket : held) {
      socket.getOutputStream().write('}');
    }
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (Socket socket : held) {
      statuses.merge(RawHttp.read(socket).status(), 1, Integer::sum);
      socket.close();
    }
    return statuses;
  }

  private long basicAtOnce(String address) throws Exception {
    List<Integer> statuses =
        Together.run(
            60,
            i -> {
              byte[] pair = ("operator:wrong" + i).getBytes(StandardCharsets.UTF_8);
              String header =
                  "Authorization: Basic " + Base64.getEncoder().encodeToString(pair) + "\r\n";
              return send("GET /api/v1/pending", address, header).status();
            });
    assertThat(statuses).contains(401).contains(429);
    return statuses.stream().filter(status -> status == 401).count();
  }

  @Test
  @Order(7)
  @DisplayName("Data that is not HTTP gets a 400 and leaves nothing in the log")
  void malformed() throws IOException {
    List<String> before = logLines();
    List<String> odd = new ArrayList<>();
    for (String c : List.of("|", "{", "}", "[", "]", "^", "`", "\"", "<", ">", "\u00e9", "%C3")) {
      odd.add("GET /api/v1/pending/" + c + " HTTP/1.1\r\nHost: x\r\n");
      odd.add("GET /api/v1/pending?channel=" + c + " HTTP/1.1\r\nHost: x\r\n");
      odd.add("POST /api/v1/companion/session" + c + " HTTP/1.1\r\nHost: x\r\n");
    }
    for (String header :
        List.of(
            "Accept: text/plain;q=abc",
            "Accept: a",
            "Accept-Language: ;;q=x",
            "Content-Type: ;",
            "X-A: a\u0000b",
            "Transfer-Encoding: gzip, chunked",
            "Host: y")) {
      odd.add("GET /api/v1/pending HTTP/1.1\r\nHost: x\r\n" + header + "\r\n");
    }
    for (String host : List.of("a b", "a{b}", "[::1", "a:99999999", "\u00e9")) {
      odd.add("GET /api/v1/pending HTTP/1.1\r\nHost: " + host + "\r\n");
    }
    odd.add("GET /api/v1/pending HTTP/1.1\r\n");
    odd.add("GET /api/v1/pending HTTP/3.0\r\nHost: x\r\n");
    for (String request : odd) {
      RawHttp.Answer answer = raw.send(request + operator() + "Connection: close\r\n\r\n");
      assertThat(answer.status()).as(request).isEqualTo(400);
      assertThat(answer.isProblem()).as(request + answer.text()).isTrue();
      assertThat(answer.text()).as(request).contains("\"detail\":");
    }
    RawHttp.Answer chunk =
        send("POST /api/v1/login", "192.0.2.7", JSON + "Transfer-Encoding: chunked\r\n", "zz\r\n");
    assertThat(chunk.status()).isEqualTo(400);
    assertThat(chunk.isProblem()).isTrue();
    try (Socket cut =
        raw.open(head("POST /api/v1/login", "192.0.2.7", JSON + "Content-Length: 99\r\n") + "{")) {
      cut.shutdownOutput();
      assertThat(RawHttp.read(cut).status()).isEqualTo(400);
    }
    for (String path :
        List.of("/%00", "/api/v1/%7F", "/api/v1/%zz", "/x\\y", "/api/v1/pend\\ing", "/%01")) {
      RawHttp.Answer answer = send("GET " + path, "192.0.2.7", "");
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.text())
          .as(path)
          .doesNotContainIgnoringCase("liberty")
          .doesNotContain("\tat ");
    }
    assertThat(logLines()).as("the log").isEqualTo(before);
    assertThat(server.anyone().get("/metrics").body())
        .containsPattern("pairing_http_refused_total\\{[^}]*reason=\"malformed\"[^}]*} [1-9]");
  }

  /** Returns the log without the summaries of failed attempts, which timers write. */
  private List<String> logLines() throws IOException {
    try (Stream<String> lines =
        Files.lines(
            server.serverDirectory().resolve("logs/messages.log"), StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> !line.contains("NXP-0090") && !line.contains("NXP-0071"))
          .toList();
    }
  }

  @Test
  @Order(8)
  @DisplayName("A compressed body is refused and never inflated")
  void compressed() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 900; i++) {
        gzip.write(zeros);
      }
    }
    byte[] body = bomb.toByteArray();
    String headers = JSON + "Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n";
    long before = System.nanoTime();
    List<Integer> statuses =
        Together.run(
            20, i -> raw.send(head("POST /api/v1/login", "192.0.2.8", headers), body).status());
    assertThat(statuses).containsOnly(415);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  @Order(9)
  @DisplayName("Expensive requests are limited per address")
  void limits() throws Exception {
    for (String path : new String[] {"/metrics", "/openapi"}) {
      List<Integer> statuses = Together.run(60, i -> send("GET " + path, "192.0.2.9", "").status());
      assertThat(statuses).as(path).contains(200, 429).containsOnly(200, 429);
      assertThat(send("GET " + path, "192.0.2.10", "").status()).as(path).isEqualTo(200);
    }
    List<Socket> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 17; i++) {
        String listen = head("GET /api/v1/events", "192.0.2.9", operator());
        streams.add(raw.open(listen.replace("Connection: close\r\n", "")));
      }
      Map<String, Long> answers =
          streams.stream()
              .map(EdgeIT::firstLine)
              .collect(Collectors.groupingBy(line -> line, Collectors.counting()));
      assertThat(answers).containsEntry("HTTP/1.1 200", 16L).containsEntry("HTTP/1.1 429", 1L);
    } finally {
      for (Socket socket : streams) {
        socket.close();
      }
    }
    assertThat(raw.send(head("GET /ibm/api/", "192.0.2.9", "")).status()).isIn(302, 403, 404);
  }

  private static String firstLine(Socket socket) {
    try {
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  @Order(10)
  @DisplayName("A broker that hangs delays neither admitted senders nor probes")
  void hangingBroker() throws Exception {
    strangers("warm-up", 60);
    int from = admitted.answers();
    strangers("healthy", 60);
    long healthy = percentile99(from);
    signal("STOP");
    try {
      from = admitted.answers();
      long before = System.nanoTime();
      List<String> deliveries = strangers("hanging", 60);
      long took = System.nanoTime() - before;
      strangers("hanging-still", 60);
      assertThat(deliveries).containsOnly("publish_failed");
      assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(5));
      long probe = System.nanoTime();
      assertThat(server.anyone().get("/health/ready").status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - probe)).isLessThan(Duration.ofSeconds(2));
      assertThat(percentile99(from)).as("beside " + healthy).isLessThan(2 * healthy + 500);
    } finally {
      signal("CONT");
    }
    await("what waited")
        .atMost(SOON)
        .until(
            () -> server.anyone().get("/health/ready").body().contains("\"outbox_waiting\":\"0\""));
  }

  private List<String> strangers(String account, int count) throws Exception {
    ServerClient operator = server.operator();
    return Together.run(
        count,
        i -> {
          JsonObject answer =
              operator.posted(
                  "/inbound", Messages.from("whatsapp", account + i, "+1555200" + (1_000 + i)));
          return answer.getString("delivery");
        });
  }

  private long percentile99(int from) {
    List<Duration> times = admitted.times();
    List<Duration> sorted = times.subList(from, times.size()).stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() * 99 / 100).toMillis();
  }

  private void signal(String name) throws Exception {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(nats.pid())).start().waitFor();
    assertThat(status).isZero();
  }

  @Test
  @Order(11)
  @DisplayName("A body that arrives later belongs to its own request")
  void bodiesInPieces() throws Exception {
    int threads = 16;
    List<List<String>> wrong =
        Together.run(
            threads,
            thread ->
                IntStream.range(0, 100)
                    .mapToObj(i -> wrongAnswer(thread * 100 + i))
                    .filter(Objects::nonNull)
                    .toList());
    assertThat(wrong.stream().flatMap(List::stream)).isEmpty();
  }

  /** Sends a request with a unique parameter and address; null if the answer refers to it. */
  private String wrongAnswer(int number) {
    String address = "203.0." + number / 250 + "." + number % 250;
    String request = "DELETE /api/v1/companion/session?parameter" + number;
    String body = "{\"name\":1}";
    String head = head(request, address, JSON + "Content-Length: " + body.length() + "\r\n");
    boolean inPieces = number % 2 == 0;
    try (Socket socket = raw.open(inPieces ? head : head + body)) {
      socket.setTcpNoDelay(true);
      if (inPieces) {
        socket.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      }
      String answer = RawHttp.read(socket).text();
      return answer.startsWith("HTTP/1.1 400 ")
              && answer.contains("parameter" + number + " is not a parameter")
          ? null
          : request + ": " + answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(12)
  @DisplayName("The admitted sender was never refused or delayed during the attacks")
  void admittedAllTheWhile() {
    assertThat(admitted.faults()).isEmpty();
    assertThat(admitted.answers()).isGreaterThan(200);
    assertThat(server.console()).doesNotContain("OutOfMemory").doesNotContain("\tat ");
  }
}
