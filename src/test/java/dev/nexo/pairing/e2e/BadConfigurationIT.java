package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An invalid configuration: the packaged server does not become ready, and one line of its console
 * says why. The tests of the config package check each error and its message.
 */
@DisplayName("Server with a wrong configuration")
class BadConfigurationIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** Liberty's message that an application started, or failed to start. */
  private static final String STARTED = "CWWKZ0001I: Application nexo-pairing started";

  private static final String UPDATED = "CWWKZ0003I: The application nexo-pairing updated";
  private static final String FAILED = "CWWKZ000[24]E: .*nexo-pairing";

  private static final String NOT_STARTED = "CWWKZ0012I: The application nexo-pairing was not";

  private static final String BANNER = "nexo-pairing is at http://127.0.0.1:";

  private PackagedServer server;

  @BeforeEach
  void copyServer() {
    server = new PackagedServer("bad-configuration");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("A wrong pairing.yaml stops the start, and does not harm a server that runs")
  void wrongFile() throws Exception {
    String[][] rows = {
      // the file, what the line contains, what it must not contain
      {
        "pairing: {policy: {auto_chalenge: true}}",
        "pairing.policy.auto_chalenge: unknown key; did you mean pairing.policy.auto_challenge?",
        "chalenge: true"
      },
      {
        "pairing: {session_ttl_secs: \"86400\"}",
        "pairing.session_ttl_secs: expected a whole number of seconds from 1 to 315360000",
        "86400\""
      },
      {
        "pairing: {operator: {password: hunter2}}",
        "pairing.operator.password: expected at least 8 characters",
        "hunter2"
      },
      {
        "pairing: {messages: {es: {challenge: \"Hola hunter3\"}}}",
        "pairing.messages.es.challenge: expected a text of 1 to 1000 characters with {code}",
        "hunter3"
      },
      {
        "pairing: {public_url: \"ftp://user:hunter22@example.com\"}",
        "pairing.public_url: expected a URL such as wss://nexo.example.com/pair",
        "hunter22"
      },
    };
    server.yaml(rows[0][0]).launch();
    int failures = 0;
    for (String[] row : rows) {
      if (failures > 0) {
        server.yaml(row[0]);
        restartApplication();
      }
      failures++;
      awaitFailure(failures);
      assertOneLine(row[1], row[2]);
    }
    assertCommandsSayWhy();

    // The fault is fixed, and the next start succeeds without further changes.
    server.yaml("pairing: {policy: {auto_challenge: false}}");
    restartApplication();
    server.awaitReady();
    assertThat(console().filter(line -> line.contains("Everyone is admitted"))).hasSize(1);
    new ReloadScenario(server).run();
  }

  /** The shipped commands name the server and its log; no waiting request is reported missing. */
  private void assertCommandsSayWhy() throws Exception {
    String why = "The application is not running at http://127.0.0.1:" + server.port();
    List<String> approve = command("approve", "ABCDEFGH");
    assertThat(approve).hasSize(2).contains("1");
    assertThat(approve.get(0)).startsWith("nexo-pair: " + why + "; its log says why");
    assertThat(command("doctor")).contains("1").anyMatch(line -> line.contains(why));
  }

  /** Runs {@code nexo-pair}; returns its lines and then its exit code. */
  private List<String> command(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("target/cli/nexo-pair"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("NEXO_PAIR_SERVER", "http://127.0.0.1:" + server.port());
    builder.environment().put("NEXO_PAIR_PASSWORD", "of-the-test");
    builder.environment().put("NEXO_HOME", server.home().toString());
    Process process = builder.start();
    List<String> lines = new ArrayList<>(process.inputReader().lines().toList());
    lines.add("" + process.waitFor());
    return lines;
  }

  @Test
  @DisplayName("A port in use is named with the remedy, and no banner claims the address")
  void portInUse() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket other = new ServerSocket(server.port(), 50, loopback)) {
      server.launch();
      await("the port in use")
          .atMost(PATIENCE)
          .until(() -> console().anyMatch(line -> line.contains("NXP-0008")));
      assertThat(other.isBound()).isTrue();
    }
    assertThat(console().filter(line -> line.contains("NXP-0008")))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("127.0.0.1:" + server.port(), "HTTP_PORT=9081")
        .satisfies(line -> assertThat(namedLog(line)).content().contains("CWWKO0221E"));
    assertThat(console()).noneMatch(line -> line.contains(BANNER));
    server.stop();

    server.start();
    await("the banner")
        .atMost(PATIENCE)
        .until(() -> console().anyMatch(line -> line.contains(BANNER + server.port())));
    Path log = server.serverDirectory().resolve("logs/messages.log").toAbsolutePath();
    assertThat(console()).anyMatch(line -> line.endsWith("The log is " + log));
  }

  @Test
  @DisplayName("A wrong environment variable keeps it not ready and is named")
  void wrongEnvironment() {
    server.environment("PAIRING_SESSION_TTL_SECS", "a-while").launch();
    awaitFailure(1);
    assertOneLine(
        "pairing.session_ttl_secs: expected a whole number of seconds from 1 to 315360000"
            + " (environment variable PAIRING_SESSION_TTL_SECS)",
        "a-while");
  }

  @Test
  @DisplayName("A misspelt variable keeps it not ready; one that fits two accounts does so as well")
  void variableNames() throws Exception {
    String yaml = "pairing: {policy: {auto_challenge: true%s}}";
    String variable = "PAIRING_POLICY_WHATSAPP_SUPPORT_BOT_AUTO_CHALLENGE";
    server.yaml(yaml.formatted("")).environment("PAIRING_POLICY_AUTO_CHALENGE", "false").launch();
    awaitFailure(1);
    assertOneLine("did you mean PAIRING_POLICY_AUTO_CHALLENGE?", "_CHALENGE: false");
    server.stop();

    // One account is known to the database, another one to the file.
    server
        .environment("PAIRING_POLICY_AUTO_CHALENGE", null)
        .environment("PAIRING_SERVICE_HOST", "10.0.0.1")
        .environment("PAIRING_PORT_9080_TCP", "tcp://10.0.0.1:9080")
        .environment("PAIRING_COLOUR", "red")
        .environment(variable, "false")
        .environment("PAIRING_OPERATOR_PASSWORD_FILE", secret("operator", "of-a-container\n"))
        .environment("PAIRING_SETUP_CODE_SECRET_PATH", secret("key", "k".repeat(32)))
        .start();
    // Secrets as containers mount them: root:<own group> 0440.
    assertThat(operator().status("/api/v1/doctor")).hasValue(200);
    assertThat(
            operator()
                .post(
                    "/setup-codes",
                    Json.createObjectBuilder().add("public_url", "wss://a.example").build())
                .status())
        .isEqualTo(201);
    assertThat(console().filter(line -> line.contains("NXP-0007")))
        .singleElement(InstanceOfAssertFactories.STRING)
        .endsWith("no effect: PAIRING_COLOUR");
    for (String account : List.of("support-bot", "support.bot", "Support-Bot")) {
      assertThat(outcome(account)).as(account).isEqualTo("challenge");
    }
    assertThat(outcome("support_bot")).isEqualTo("admit");
    server.stop();

    server.launch();
    await("the application's end")
        .atMost(PATIENCE)
        .until(() -> console().anyMatch(line -> line.contains(NOT_STARTED)));
    assertDown();
    assertOneLine(
        "NXP-0001 The application does not start. The configuration is invalid: "
            + variable
            + ": fits more than one name: whatsapp:Support-Bot, whatsapp:support-bot,"
            + " whatsapp:support.bot; remove",
        "hunter2");
  }

  private ServerClient operator() {
    return ServerClient.operator(server.port(), "of-a-container");
  }

  private String secret(String name, String content) throws IOException {
    Path file = Files.writeString(server.home().resolve(name), content);
    boolean isRoot = Files.getAttribute(file, "unix:uid").equals(0);
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(isRoot ? "r--r-----" : "r--------"));
    return file.toString();
  }

  private String outcome(String account) {
    return operator()
        .posted(
            "/inbound",
            Json.createObjectBuilder()
                .add("channel", "whatsapp")
                .add("account_id", account)
                .add("sender_id", "15550001111@c.us")
                .build())
        .getString("decision");
  }

  private void awaitFailure(int count) {
    await("failure " + count + " of the application")
        .atMost(PATIENCE)
        .failFast("it has started", () -> console().anyMatch(BadConfigurationIT::isStart))
        .until(() -> console().filter(line -> line.matches(".*" + FAILED + ".*")).count() >= count);
    assertDown();
  }

  private void assertDown() {
    server.awaitAnswer();
    assertThat(server.anyone().status("/health/ready")).isEqualTo(Optional.of(503));
    assertThat(server.anyone().status("/health/started")).isEqualTo(Optional.of(503));
    assertThat(server.anyone().status("/api/v1/pending")).isEqualTo(Optional.of(404));
  }

  private static boolean isStart(String line) {
    return line.contains(STARTED) || line.contains(UPDATED);
  }

  private void assertOneLine(String expected, String secret) {
    List<String> lines = console().filter(line -> line.contains(expected)).toList();
    assertThat(lines).as("lines that say: " + expected).hasSize(1);
    assertThat(server.console()).doesNotContain(secret);
  }

  private java.util.stream.Stream<String> console() {
    return server.console().lines();
  }

  private static Path namedLog(String line) {
    return Path.of(line.replaceAll("(?s).*search (\\S+) for CWWKO0221E.*", "$1"));
  }

  /** Liberty restarts an application whose file has changed, which reloads the configuration. */
  private void restartApplication() throws IOException {
    Path war = server.serverDirectory().resolve("apps/nexo-pairing.war");
    Files.setLastModifiedTime(war, FileTime.from(Instant.now()));
  }
}
