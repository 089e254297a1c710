package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Applications that embed the module, built by Maven: the one in the embedding guide, from the
 * files in the guide, and the sample, with its unit tests. Only their data directories differ.
 */
@DisplayName("Applications that embed the module")
@ExtendWith(ArquillianExtension.class)
class ConsumerIT {

  private static final String NAME = "my-bot";
  private static final Path PROJECT = BuiltJars.TARGET.resolve("e2e").resolve(NAME);
  private static final Path WAR = PROJECT.resolve("target").resolve(NAME + ".war");

  private static final Path SAMPLE = Path.of("src/site/samples/bot");
  private static final Path SAMPLE_PROJECT = BuiltJars.TARGET.resolve("e2e").resolve("bot");

  private static final String BROKEN = "broken";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @ArquillianResource Deployer deployer;

  @Deployment(name = NAME, testable = false)
  static WebArchive application() throws Exception {
    NestedBuild build = NestedBuild.in(PROJECT);
    for (Map.Entry<String, String> file : GuideFiles.all().entrySet()) {
      // This file is for applications with their own persistence, see JpaIT.
      if (!file.getKey().endsWith("persistence.xml")) {
        build.add(file.getKey(), file.getValue());
      }
    }
    build.run();
    return war(NAME, WAR);
  }

  @Deployment(name = "bot", testable = false)
  static WebArchive sample() throws Exception {
    NestedBuild build = NestedBuild.in(SAMPLE_PROJECT);
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        build.add(SAMPLE.relativize(file).toString(), Files.readString(file));
      }
    }
    build.run();
    return war("bot", SAMPLE_PROJECT.resolve("target/bot.war"));
  }

  private static WebArchive war(String name, Path file) {
    return ShrinkWrap.create(ZipImporter.class, name + ".war")
        .importFrom(file.toFile())
        .as(WebArchive.class);
  }

  /** The sample without its {@code beans.xml}, and with a class that injects the module. */
  @Deployment(name = BROKEN, testable = false, managed = false)
  static WebArchive withoutBeansXml() {
    WebArchive sample = war(BROKEN, SAMPLE_PROJECT.resolve("target/bot.war"));
    sample.delete("/WEB-INF/beans.xml");
    return sample.addAsResource(
        new StringAsset("pairing.storage.path=" + SAMPLE_PROJECT + "/data/broken.db"),
        "META-INF/microprofile-config.properties");
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create(
            "http://127.0.0.1:%s/%s".formatted(System.getProperty("arquillian.http.port"), path)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  @DisplayName("The guide's application starts, and its bean asks the gate")
  void answers() throws Exception {
    var answer = send(request("my-bot/inbox?from=@somebody").POST(BodyPublishers.noBody()));
    assertThat(answer.body()).isEqualTo("held back");
    assertThat(waiting()).isEqualTo("telegram my_bot @somebody");
  }

  /** A failed gate also drops messages, so check that this one has created a pending request. */
  private static String waiting() throws SQLException {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + PROJECT.resolve("data/pairing.db"));
        Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT channel || ' ' || account_id || ' ' || sender_id FROM pairing_pending")) {
      return row.getString(1);
    }
  }

  @Test
  @DisplayName("Maven resolves the libraries that the module was tested with")
  void libraries() {
    assertThat(librariesOf(WAR)).containsExactlyInAnyOrderElementsOf(expectedLibraries());
    assertThat(librariesOf(SAMPLE_PROJECT.resolve("target/bot.war")))
        .containsExactlyInAnyOrderElementsOf(expectedLibraries());
  }

  private static List<String> expectedLibraries() {
    return Stream.concat(
            Stream.of("nexo-pairing-module-" + BuiltJars.version() + ".jar"),
            BuiltJars.libraries().stream().map(path -> path.getFileName().toString()))
        .toList();
  }

  private static List<String> librariesOf(Path war) {
    return war("built", war).getContent(Filters.include("/WEB-INF/lib/.*\\.jar")).keySet().stream()
        .map(ArchivePath::get)
        .map(path -> path.substring("/WEB-INF/lib/".length()))
        .toList();
  }

  @Test
  @DisplayName("The unit tests took less than a second, without a server")
  void unitTests() throws IOException {
    assertThat(secondsOfTests(PROJECT)).hasSize(1);
    assertThat(secondsOfTests(SAMPLE_PROJECT)).hasSize(5);
    for (Path project : List.of(PROJECT, SAMPLE_PROJECT)) {
      assertThat(secondsOfTests(project).stream().mapToDouble(each -> each).sum())
          .as(project.toString())
          .isLessThan(secondOfOneProcessor());
    }
  }

  private static List<Double> secondsOfTests(Path project) throws IOException {
    List<Double> seconds = new ArrayList<>();
    try (Stream<Path> reports = Files.list(project.resolve("target/surefire-reports"))) {
      for (Path suite : reports.filter(path -> path.toString().endsWith(".xml")).toList()) {
        Pattern.compile("<testcase [^>]* time=\"([0-9.]+)\"")
            .matcher(Files.readString(suite))
            .results()
            .forEach(test -> seconds.add(Double.valueOf(test.group(1))));
      }
    }
    return seconds;
  }

  /** Returns one second, or more if more threads want to run than there are processors. */
  private static double secondOfOneProcessor() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
  }

  private static HttpResponse<String> chat(String call, String... fields) throws Exception {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      form.append(i == 0 ? "" : "&").append(fields[i]).append('=');
      form.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return send(
        request("bot/chat/" + call)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.toString())));
  }

  private static HttpResponse<String> operator(String user, HttpRequest.Builder request)
      throws Exception {
    return send(request.header("Authorization", login(user)));
  }

  private static String login(String user) {
    String login = user + ":" + user + "s-password";
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpRequest.Builder post(String path, String json) {
    return request("bot/operator/api/v1" + path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  private static JsonObject json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  @Test
  @DisplayName("The host's operator approves a stranger of the sample, who may order then")
  void approval() throws Exception {
    assertThat(chat("orders", "from", "4711", "item", "tea").statusCode()).isEqualTo(403);
    String answer = chat("messages", "from", "4711", "text", "hi").body();
    assertThat(answer).matches("Ask the operator to approve the code [A-Z2-9]{8}");
    JsonObject list = json(operator("olga", request("bot/operator/api/v1/pending")));
    JsonObject pending =
        list.getJsonArray("pending").getValuesAs(JsonObject.class).stream()
            .filter(request -> request.getString("sender_id").equals("4711"))
            .findAny()
            .orElseThrow();
    assertThat(answer).endsWith(pending.getString("code"));
    String approve = "/pending/" + pending.getString("request_id") + "/approve";
    assertThat(json(operator("olga", post(approve, "{}"))).getString("sender_id"))
        .isEqualTo("4711");
    assertThat(chat("orders", "from", "4711", "item", "tea").body()).isEqualTo("Ordered: tea");
    assertThat(chat("messages", "from", "4711", "text", "hi").body()).isEqualTo("You said: hi");
    JsonObject audit = json(operator("olga", request("bot/operator/api/v1/audit?limit=1")));
    assertThat(audit.getJsonArray("audit").getJsonObject(0).getString("actor")).isEqualTo("olga");
    String explain = "explain?channel=telegram&account_id=my_bot&sender_id=4711";
    assertThat(
            json(operator("olga", request("bot/operator/api/v1/" + explain))).getString("decision"))
        .isEqualTo("admit");
    String undo = "{\"action\":\"restore\",\"request_ids\":[\"%s\"]}";
    JsonObject undone =
        json(
            operator(
                "olga", post("/pending/decide", undo.formatted(pending.getString("request_id")))));
    assertThat(undone.getJsonArray("results").getJsonObject(0).getString("result"))
        .isEqualTo("done");
    assertThat(chat("orders", "from", "4711", "item", "tea").statusCode()).isEqualTo(403);
  }

  @Test
  @Timeout(60)
  @DisplayName("Events of the sample reach the host's operator")
  void events() throws Exception {
    HttpResponse<Stream<String>> events =
        CLIENT.send(
            request("bot/operator/api/v1/events")
                .header("Authorization", login("olga"))
                .header("Accept", "text/event-stream")
                .build(),
            BodyHandlers.ofLines());
    assertThat(events.statusCode()).isEqualTo(200);
    chat("messages", "from", "4712", "text", "hi");
    try (Stream<String> lines = events.body()) {
      assertThat(lines.anyMatch(line -> line.contains("\"sender_id\":\"4712\""))).isTrue();
    }
  }

  @Test
  @DisplayName("Without the host's login and role, the operator's calls are refused")
  void security() throws Exception {
    String seed = "{\"channel\":\"telegram\",\"account_id\":\"my_bot\",\"sender_ids\":[\"666\"]}";
    assertThat(send(request("bot/operator/api/v1/pending")).statusCode()).isEqualTo(401);
    assertThat(send(request("bot/operator/api/v1/events")).statusCode()).isEqualTo(401);
    // The application's own JAX-RS must not find them.
    for (String path : List.of("pending", "allow-from", "audit", "events", "")) {
      assertThat(send(request("bot/chat/" + path)).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(send(post("/allow-from/seed", seed)).statusCode()).isEqualTo(401);
    assertThat(operator("nobody", post("/allow-from/seed", seed)).statusCode()).isEqualTo(403);
    HttpRequest.Builder foreign =
        post("/allow-from/seed", seed).header("Sec-Fetch-Site", "cross-site");
    assertThat(operator("olga", foreign).statusCode()).isEqualTo(403);
    assertThat(chat("orders", "from", "666", "item", "tea").statusCode()).isEqualTo(403);
  }

  @Test
  @DisplayName("The log speaks of the application's policy")
  void policyInLog() throws IOException {
    assertThat(serverLog()).contains("NXP-0123");
  }

  @Test
  @DisplayName("An application without beans.xml does not start, and the log says what to do")
  void missingBeansXml() throws IOException {
    assertThatThrownBy(() -> deployer.deploy(BROKEN)).isInstanceOf(Exception.class);
    assertThat(serverLog())
        .contains("NXP-0122")
        .containsPattern("need to be CDI beans and are not: .*com\\.example\\.bot\\.");
  }

  private static String serverLog() throws IOException {
    return Files.readString(
        Path.of(
            System.getProperty("liberty.home"),
            "usr/servers",
            System.getProperty("arquillian.server"),
            "logs/messages.log"));
  }
}
