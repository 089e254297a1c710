package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.PackagedServer;
import jakarta.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line as it is shipped: the scripts and the jar in {@code target/cli}. */
@DisplayName("Shipped command line")
class CommandLineIT {

  private static final Path SHIPPED = Path.of("target", "cli").toAbsolutePath();
  private static final Path SCRIPT = SHIPPED.resolve("nexo-pair");

  /**
   * The longest permitted start of a command, as a multiple of the start of an empty Java program:
   * the median of {@link #RUNS} runs, in the best of the rounds.
   */
  private static final double MOST_TIMES = 5;

  private static final int RUNS = 11;
  private static final int ROUNDS = 10;

  @TempDir Path directory;
  private Path bin;

  @BeforeEach
  void link() throws IOException {
    bin = Files.createDirectory(directory.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("nexo-pair"), SCRIPT);
    Files.createSymbolicLink(bin.resolve("nexo"), Path.of("nexo-pair"));
    Files.createSymbolicLink(
        bin.resolve("nexo-companion"), SCRIPT.resolveSibling("nexo-companion"));
  }

  @Test
  @DisplayName("The guide's terminal session prints exactly what the guide shows")
  void guideSession() throws Exception {
    List<String> session = session();
    List<String> commands = session.stream().filter(line -> line.startsWith("$ ")).toList();
    assertThat(commands).hasSizeGreaterThan(10);
    try (PackagedServer server =
        new PackagedServer("command-line")
            .environment("PAIRING_POLICY_CHALLENGES_PER_HOUR", "30")
            .start()) {
      String code = inbound(server, "+15550001111");
      StringBuilder typed = new StringBuilder();
      for (String command : commands) {
        // The shell itself says what was typed, so that output and commands can be distinguished.
        typed.append("code=$?; echo '").append(command.replace("'", "'\\''"));
        typed.append("'; (exit $code)\n");
        typed.append(command.substring(2).replace("K7M3XQ9P", code)).append('\n');
      }
      String said =
          shell(
              typed.toString(),
              Map.of("NEXO_HOME", "" + server.home(), "HTTP_PORT", "" + server.port()));
      assertThat(plain(said.lines().toList())).containsExactlyElementsOf(plain(session));
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("code.png"))))
          .isEqualTo("rw-------");
      watches(server);
    }
  }

  /** Watches a request and its decision, with the pending ones first, and ends without a trace. */
  private void watches(PackagedServer server) throws Exception {
    inbound(server, "+15550007771");
    Path output = directory.resolve("watched.txt");
    ProcessBuilder builder =
        new ProcessBuilder(SCRIPT.toString(), "watch", "--channel", "whatsapp")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("NEXO_HOME", server.home().toString());
    builder.environment().put("HTTP_PORT", "" + server.port());
    builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    Process watch = builder.start();
    try {
      awaitLine(output, " pending .*\\+15550007771 .*");
      String code = inbound(server, "+15550007772");
      awaitLine(output, " pending .*" + code + " .*\\+15550007772 .*");
      shell(
          "nexo-pair deny " + code,
          Map.of("NEXO_HOME", "" + server.home(), "HTTP_PORT", "" + server.port()));
      awaitLine(output, " denied .*\\+15550007772 .*");
    } finally {
      watch.destroy();
    }
    assertThat(watch.waitFor()).isEqualTo(128 + 15);
    assertThat(Files.readAllLines(output)).hasSize(4).first().asString().startsWith("AT ");
  }

  private static void awaitLine(Path output, String pattern) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(Files.readAllLines(output))
                    .anyMatch(line -> line.matches("[-0-9]+ [:0-9]+ UTC " + pattern)));
  }

  private static String inbound(PackagedServer server, String sender) throws Exception {
    return server
        .operator()
        .posted(
            "/inbound",
            Json.createObjectBuilder()
                .add("channel", "whatsapp")
                .add("sender_id", sender)
                .add("text", "Hello?")
                .add("deliver", false)
                .build())
        .getString("code");
  }

  /** The lines between the marks, without the fences. */
  private static List<String> session() throws IOException {
    List<String> guide = Files.readAllLines(Path.of("src/site/markdown/cli.md"));
    return guide
        .subList(
            guide.indexOf("<!-- command line: begin -->") + 2,
            guide.indexOf("<!-- command line: end -->") - 1)
        .stream()
        .toList();
  }

  /** Without what differs from run to run: codes, times, and the drawing with its payload. */
  private static List<String> plain(List<String> lines) {
    List<String> plain = new ArrayList<>();
    for (String line : lines) {
      boolean drawing =
          line.startsWith("\u001b[") || line.startsWith("Raw payload :") || line.equals("…");
      String text =
          line.replaceAll("\\d{4}-\\d\\d-\\d\\d([T ])\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?", "<time>")
              .replaceAll("\\b[A-HJ-NP-Z2-9]{8}\\b", "<code>");
      if (!drawing) {
        plain.add(text);
      } else if (!plain.get(plain.size() - 1).equals("…")) {
        plain.add("…");
      }
    }
    return plain;
  }

  private String shell(String typed, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash").redirectErrorStream(true);
    builder.directory(directory.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("NEXO_") || name.startsWith("HTTP_"));
    variables.putAll(environment);
    variables.put("HOME", directory.toString());
    variables.put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("PATH", bin + ":" + variables.get("PATH"));
    Path output = Files.createTempFile(directory, "output", ".txt");
    Process process = builder.redirectOutput(output.toFile()).start();
    try (var typing = process.outputWriter()) {
      typing.write(typed);
    }
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }

  @Test
  @DisplayName("A command starts within five times an empty Java program")
  void aCommandStartsFast() throws Exception {
    shell("nexo-pair --version", Map.of());
    Path cache = directory.resolve("cache/nexo-pair");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> files(cache).anyMatch(file -> file.toString().endsWith(".jsa")));
    await().atMost(Duration.ofSeconds(60)).until(() -> files(cache).noneMatch(Files::isDirectory));
    Path empty = emptyProgram();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    double version = Double.MAX_VALUE;
    double list = Double.MAX_VALUE;
    try (StubServer server = new StubServer()) {
      for (int i = 0; i < RUNS * ROUNDS; i++) {
        server.on("/pending", 200, "{\"pending\":[]}");
      }
      Map<String, String> login =
          Map.of("NEXO_PAIR_SERVER", server.url(), "NEXO_PAIR_PASSWORD", "of-the-test");
      for (int round = 0; round < ROUNDS && Math.max(version, list) > MOST_TIMES; round++) {
        double program = median(login, java, "-cp", empty.toString(), "Empty");
        double ofVersion = median(login, SCRIPT.toString(), "--version");
        double ofList = median(login, SCRIPT.toString(), "list");
        System.out.printf(
            "empty %.0f ms, --version %.0f ms (%.1f times), list %.0f ms (%.1f times)%n",
            program, ofVersion, ofVersion / program, ofList, ofList / program);
        version = Math.min(version, ofVersion / program);
        list = Math.min(list, ofList / program);
      }
    }
    assertThat(version).as("--version").isLessThanOrEqualTo(MOST_TIMES);
    assertThat(list).as("list").isLessThanOrEqualTo(MOST_TIMES);
  }

  @Test
  @DisplayName("A pager shows a long table on a terminal, and a closed output ends a command")
  void pager() throws Exception {
    String row =
        "{\"code\":\"K7M3XQ9P\",\"channel\":\"chat\",\"account_id\":\"a\",\"sender_id\":\"ana\"}";
    String rows = "{\"pending\":[" + (row + ",").repeat(99) + row + "]}";
    try (StubServer server = new StubServer()) {
      for (int i = 0; i < 4; i++) {
        server.on("/pending", 200, rows);
      }
      for (int i = 0; i < 100; i++) {
        server.on(
            "/events",
            200,
            Map.of("Content-Type", "text/event-stream"),
            "retry: 1\nid: 1\n\nevent: revoked\nid: 2\ndata: {}\n\n");
      }
      String said =
          shell(
              """
              export TERM=xterm NEXO_PAGER='sed -e s/^/paged:/ -e 3q'
              script -qec "stty rows 20; nexo-pair list; echo code \\$?" /dev/null </dev/null
              nexo-pair list | head -1; echo "${PIPESTATUS[@]}"
              script -qec "stty rows 20; nexo-pair list --json" /dev/null </dev/null | head -1
              nexo-pair watch --json | head -1 | cut -c 1-7; echo "${PIPESTATUS[@]}"
              """,
              Map.of("NEXO_PAIR_SERVER", server.url(), "NEXO_PAIR_PASSWORD", "of-the-test"));
      List<String> lines = said.lines().map(String::strip).toList();
      assertThat(lines).as(said).hasSize(9);
      assertThat(lines.get(0)).startsWith("paged:").contains("CODE");
      assertThat(lines.get(2)).startsWith("paged:K7M3XQ9P");
      assertThat(lines.get(3)).isEqualTo("code 0");
      assertThat(lines.get(4)).startsWith("CODE");
      assertThat(lines.get(5)).isEqualTo("0 0");
      assertThat(lines.get(6)).isEqualTo("{");
      assertThat(lines.get(7)).isEqualTo("{\"data\"");
      assertThat(lines.get(8)).isEqualTo("0 0 0");
    }
  }

  private static Stream<Path> files(Path cache) throws IOException {
    return Files.isDirectory(cache) ? Files.list(cache) : Stream.empty();
  }

  private Path emptyProgram() throws Exception {
    Path source =
        Files.writeString(
            directory.resolve("Empty.java"),
            "public class Empty { public static void main(String[] a) {} }");
    assertThat(
            javax.tools.ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", source.toString()))
        .isZero();
    return directory;
  }

  private double median(Map<String, String> login, String... command) throws Exception {
    double[] millis = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().putAll(login);
      long start = System.nanoTime();
      builder.start().waitFor();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[RUNS / 2];
  }

  @Test
  @DisplayName("The nexo script needs the word pair, and runs without a cache")
  void namesAndCaches() throws Exception {
    assertThat(shell("nexo list; echo $?", Map.of()))
        .isEqualTo("nexo: the first argument must be \"pair\". Run: nexo pair help\n1\n");
    Path file = Files.createFile(directory.resolve("no-directory"));
    assertThat(shell("XDG_CACHE_HOME=" + file + " nexo pair --version", Map.of()))
        .matches("nexo-pairing \\d.*\\n");
    assertThat(shell("nexo-pair completion bash | bash -n && echo fit", Map.of()))
        .isEqualTo("fit\n");
    assertThat(shell("LC_ALL=C nexo-pair revoke 'Ü☃'", Map.of()))
        .contains("channel and sender as one argument");
    assertThat(shell("LC_ALL=C nexo-pair list --password-file 'Ü☃'", Map.of()))
        .isEqualTo("nexo-pair: Ü☃ cannot be read: it does not exist\n");
  }

  @Test
  @DisplayName("Files that are named like arguments are not read")
  void filesLikeArguments() throws Exception {
    for (String name : List.of("ana", "@x", "-h", "*", "ABCDEFGH", "--file=@x", "seed")) {
      Files.writeString(directory.resolve(name), "mallory");
    }
    Files.createDirectories(directory.resolve("@ana/+15550001111"));
    Files.createDirectory(directory.resolve("bob"));
    try (StubServer server = new StubServer()) {
      server
          .on("/allow-from/seed", 200, "{\"seeded\":6,\"rejected\":[],\"rejected_count\":0}")
          .on("/allow-from/revoke", 200, "{\"revoked\":1}")
          .on("/audit", 200, "{\"audit\":[]}")
          .on("/blocked/block", 200, "{\"blocked\":1}")
          .on(
              "/pending/ABCDEFGH/deny",
              200,
              "{\"channel\":\"chat\",\"account_id\":\"a1\",\"sender_id\":\"eve\"}");
      String said =
          shell(
              """
              nexo-pair seed chat a1 ana @ana @x bob '*' -- -h; echo $?
              nexo-pair revoke chat:a1:@x; echo $?
              nexo-pair block chat a1 '*'; echo $?
              nexo-pair deny ABCDEFGH >denied.txt; echo $?
              nexo-pair '@x'; echo $?
              nexo-pair -h | head -1
              """,
              Map.of("NEXO_PAIR_SERVER", server.url(), "NEXO_PAIR_PASSWORD", "of-the-test"));
      assertThat(server.calls())
          .as(said)
          .extracting(StubServer.Call::body)
          .hasSize(5)
          .noneMatch(body -> body.contains("mallory"))
          .contains(
              Stream.of("ana", "@ana", "@x", "bob", "*", "-h")
                  .map("{\"sender_id\":\"%s\"}\n"::formatted)
                  .collect(Collectors.joining()));
      assertThat(server.calls().get(1).body()).contains("@x");
      assertThat(server.calls().get(3).body()).contains("\"*\"");
      assertThat(said.lines().filter(line -> line.matches("\\d")))
          .containsExactly("0", "0", "0", "0", "1");
      assertThat(said)
          .contains("Unknown command \"@x\"", "Usage:")
          .doesNotContain("Exception", "mallory");
    }
  }

  @Test
  @DisplayName("The companion reads exactly the file that its argument names")
  void companionFiles() throws Exception {
    Files.writeString(directory.resolve("@x"), "no-code");
    Files.writeString(directory.resolve("-h"), "no-code");
    Files.writeString(directory.resolve("*"), "no-code");
    Files.createDirectory(directory.resolve("ana"));
    String said =
        shell(
            """
            for name in @x '*' ana @ana; do nexo-companion --no-connect "$name"; echo $?; done
            nexo-companion --no-connect -- -h; echo $?
            nexo-companion -h | head -1
            """,
            Map.of());
    List<String> lines = said.lines().toList();
    assertThat(lines).as(said).hasSize(11);
    List<String> names = List.of("@x", "*", "ana", "@ana", "-h");
    for (int i = 0; i < names.size(); i++) {
      boolean file = !names.get(i).endsWith("ana");
      assertThat(lines.get(2 * i))
          .startsWith("nexo-companion: " + (file ? "This is no setup code" : names.get(i) + " "));
      assertThat(lines.get(2 * i + 1)).isEqualTo("1");
    }
    assertThat(lines.get(4)).contains("is not a file");
    assertThat(lines.get(6)).contains("does not exist");
    assertThat(lines.get(10)).startsWith("Usage:");
  }

  /** What answers at an address where the application does not, and what the commands report. */
  static Stream<Arguments> others() {
    String ours = "The application is not running at ";
    return Stream.of(
        Arguments.of("nothing listens", null, "cannot be reached (Connection refused)"),
        Arguments.of("a start page", http("200 OK", "text/html", "<html>Welcome</html>"), ours),
        Arguments.of("JSON", http("200 OK", "application/json", "{\"status\":\"ok\"}"), ours),
        Arguments.of("an empty answer", http("204 No Content", "text/plain", ""), ours),
        Arguments.of(
            "a proxy without its server",
            http("502 Bad Gateway", "text/html", "<html>nginx</html>"),
            ours),
        Arguments.of(
            "a proxy's JSON",
            http("503 Service Unavailable", "application/json", "{\"title\":\"busy\"}"),
            ours),
        Arguments.of(
            "a server without the application",
            http("404 Not Found", "text/html", "<html>Context Root Not Found</html>"),
            ours),
        Arguments.of(
            "a sign-in page",
            http("302 Found\r\nLocation: https://login.example.com/", "text/html", ""),
            "redirects to https://login.example.com/"),
        Arguments.of("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", "cannot be reached ("),
        Arguments.of("a connection that is closed", "", "cannot be reached ("));
  }

  private static String http(String status, String type, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, type, body.length(), body);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  @DisplayName("If something else answers, each command says what to do and exits with 1:")
  void noApplication(String reason, String answer, String message) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      if (answer == null) {
        other.close();
      }
      Thread answering = new Thread(() -> answer(other, answer));
      answering.start();
      String said =
          shell(
              """
              nexo-pair doctor >doctor.txt; echo $?
              nexo-pair approve ABCDEFGH; echo $?
              """,
              Map.of(
                  "NEXO_PAIR_SERVER",
                  "http://127.0.0.1:" + port,
                  "NEXO_PAIR_PASSWORD",
                  "of-the-test"));
      String doctor = Files.readString(directory.resolve("doctor.txt"));
      assertThat(said.lines().toList())
          .as("approve")
          .hasSize(3)
          .satisfies(
              lines -> {
                assertThat(lines.get(0)).isEqualTo("1");
                assertThat(lines.get(1)).startsWith("nexo-pair: ").contains(message, "--server");
                assertThat(lines.get(2)).isEqualTo("1");
              });
      assertThat(doctor).contains(message, "--server").doesNotContain("Exception", "\tat ");
      other.close();
      answering.join();
    }
  }

  /** Gives every request the same bytes, until the port is closed. */
  private static void answer(ServerSocket port, String answer) {
    while (!port.isClosed()) {
      try (Socket connection = port.accept()) {
        byte[] request = new byte[8_192];
        int length = connection.getInputStream().read(request);
        if (length > 0) {
          connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // The port was closed, or the command has gone.
      }
    }
  }

  @Test
  @DisplayName("The jar has every class that its own classes use")
  void noClassIsMissing() {
    StringWriter listed = new StringWriter();
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(
            new PrintWriter(listed),
            new PrintWriter(listed),
            "--missing-deps",
            "-filter:none",
            "--multi-release",
            "17",
            SHIPPED.resolve("nexo-pairing-cli.jar").toString());
    assertThat(listed.toString().lines())
        .anyMatch(line -> line.contains("not found"))
        .filteredOn(line -> line.strip().startsWith("dev.nexo.") && line.contains("-> dev.nexo."))
        // The commands use the names of reasons only, and nothing about adapters.
        .allMatch(line -> line.contains("-> dev.nexo.pairing.spi."));
  }

  /** What the wrong system user types, and what the answer is about. */
  static Stream<Arguments> wrongUsers() {
    String none = " --server http://127.0.0.1:1";
    return Stream.of(
        Arguments.of("backup b.zip", "data/pairing.db", "the database's directory is closed"),
        Arguments.of(
            "backup --database $NEXO_HOME/open.db b.zip",
            "open.db",
            "the database is not readable"),
        Arguments.of(
            "backup --with-key --database $PWD/mine.db b.zip",
            "secret/pairing.key",
            "the directory of the key is closed"),
        Arguments.of(
            "restore --database $PWD/mine.db $NEXO_HOME/open.db",
            "open.db",
            "the backup is not readable"),
        Arguments.of(
            "restore --database $NEXO_HOME/data/pairing.db good.zip",
            "data/pairing.db",
            "the database cannot be replaced"),
        Arguments.of(
            "list --password-file $NEXO_HOME/secret/operator.password" + none,
            "secret/operator.password",
            "the password's directory is closed"),
        Arguments.of(
            "seed whatsapp default --file $NEXO_HOME/open.db" + none,
            "open.db",
            "a list of senders is not readable"),
        Arguments.of(
            "import openclaw $NEXO_HOME/data/openclaw" + none,
            "data/openclaw",
            "the source of an import is in a closed directory"),
        Arguments.of(
            "doctor" + none, "pairing/cli.properties", "the credentials' directory is closed"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("wrongUsers")
  @DisplayName("A file of another user is reported with its owner and the command")
  void wrongUser(String arguments, String file, String reason) throws Exception {
    Path open = Files.createTempDirectory("wrong-user");
    try {
      Path cli = Files.createDirectory(open.resolve("cli"));
      for (String name : List.of("nexo-pair", "nexo-pairing-cli.jar")) {
        Files.copy(SHIPPED.resolve(name), cli.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
      }
      Path home = home(open.resolve("nexo home"));
      Path cwd = Files.createDirectory(open.resolve("cwd"));
      Files.write(cwd.resolve("mine.db"), database());
      zip(cwd.resolve("good.zip"), database());
      shell("chmod -R a+rX '" + open + "'", Map.of());
      boolean root = "root".equals(System.getProperty("user.name"));
      for (String closed : List.of("data", "secret", "pairing", "open.db")) {
        Files.setPosixFilePermissions(
            home.resolve(closed),
            PosixFilePermissions.fromString(root ? "rwx------" : "---------"));
      }
      String typed =
          (root ? "exec setpriv --reuid 65534 --regid 65534 --clear-groups " : "exec ")
              + cli.resolve("nexo-pair")
              + " "
              + arguments.replace("$NEXO_HOME", "\"$NEXO_HOME\"");
      String said =
          shell(
              "chmod a+rwx '" + cwd + "'; cd '" + cwd + "'; " + typed,
              Map.of("NEXO_HOME", "" + home));
      assertThat(said)
          .contains(home.resolve(file) + " is not ")
          .contains(
              root
                  ? "sudo -u root env 'NEXO_HOME=" + home + "' nexo-pair " + arguments.split(" ")[0]
                  : "chmod u+rw")
          .doesNotContain("Exception", "There is no", "does not exist");
      assertThat(cwd.resolve("b.zip")).doesNotExist();
    } finally {
      shell("chmod -R u+rwX '" + open + "'; rm -r '" + open + "'", Map.of());
    }
  }

  private static Path home(Path home) throws IOException {
    for (String name : List.of("data", "data/openclaw", "secret", "pairing")) {
      Files.createDirectories(home.resolve(name));
    }
    Files.write(home.resolve("data/pairing.db"), database());
    Files.write(home.resolve("open.db"), database());
    Files.write(home.resolve("secret/pairing.key"), new byte[32]);
    Files.writeString(home.resolve("secret/operator.password"), "a-password-of-the-test");
    Files.writeString(home.resolve("pairing/cli.properties"), "user=operator\n");
    return home;
  }

  /** The head of a database in WAL mode, which is enough to be copied. */
  private static byte[] database() {
    byte[] head = Arrays.copyOf("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII), 100);
    head[18] = 2;
    head[19] = 2;
    return head;
  }

  private static void zip(Path path, byte[] database) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry("pairing.db"));
      zip.write(database);
    }
  }

  @Test
  @DisplayName("The jar has only the command line, its libraries and their licences")
  void theJarHasWhatItNeeds() throws IOException {
    try (JarFile jar = new JarFile(SHIPPED.resolve("nexo-pairing-cli.jar").toFile())) {
      List<String> names =
          jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
      Pattern ours =
          Pattern.compile(
              "dev/nexo/pairing/((cli|codec|companion|qr)/.*|platform/(PrivateFile|ProcessGroups|SimilarName)(\\$.*)?\\.class|[^/]+\\.class)");
      assertThat(names)
          .contains(
              "META-INF/LICENSE-APACHE",
              "META-INF/LICENSE-MIT",
              "META-INF/LICENSE.md",
              "META-INF/notices/jakarta.json-api/META-INF/NOTICE.md",
              "META-INF/notices/parsson/META-INF/NOTICE.md",
              "META-INF/THIRD-PARTY",
              "META-INF/services/jakarta.json.spi.JsonProvider",
              "picocli/CommandLine.class")
          .doesNotHaveDuplicates()
          .filteredOn(name -> name.startsWith("dev/"))
          .allMatch(name -> ours.matcher(name).matches());
      assertThat(names)
          .noneMatch(name -> name.startsWith("jakarta/") && !name.startsWith("jakarta/json/"))
          .noneMatch(
              name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)|.*module-info.class|.*/pom\\..*"));
    }
  }
}
