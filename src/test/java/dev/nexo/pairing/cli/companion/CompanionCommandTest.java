package dev.nexo.pairing.cli.companion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpServer;
import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.cli.CompanionCliRunner;
import dev.nexo.pairing.cli.CompanionCliRunner.Said;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.companion.SetupCode;
import dev.nexo.pairing.qr.QrCode;
import dev.nexo.pairing.testkit.MovableClock;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Companion command")
class CompanionCommandTest {

  private static final String SESSION = "q".repeat(43);
  private static final Instant END = MovableClock.START.plusSeconds(60);

  @TempDir private Path home;
  private final MovableClock clock = new MovableClock();
  private CompanionCliRunner shell;

  @BeforeEach
  void open() {
    shell = new CompanionCliRunner(home, clock);
  }

  private static BootstrapToken token(Instant until, String label) {
    return BootstrapTokens.sign(
        new SigningKey(new byte[SigningKey.LENGTH]), "companion-v1", until, "00ff", label);
  }

  private static String code(String url, Instant payloadUntil, Instant tokenUntil) {
    return SetupCodes.encode(new SetupCode(url, token(tokenUntil, "Ana's phone"), payloadUntil));
  }

  private static String code(String url) {
    return code(url, END, END);
  }

  private static StubPairServer willing() {
    return StubPairServer.that(
        peer -> {
          peer.text();
          peer.send("{\"session_token\":\"" + SESSION + "\"}");
          peer.outlast();
        });
  }

  private Path sessionFile(String label) {
    return home.resolve("pairing/sessions/" + label + ".token");
  }

  @Test
  @DisplayName("--no-connect describes a setup code without the whole token")
  void describes() {
    String token = token(END, "Ana's phone").value();
    Said said = shell.run("--no-connect", "--code", code("wss://nexo.example.com/pair"));
    assertThat(said)
        .isEqualTo(
            new Said(
                0,
                """
                URL           : wss://nexo.example.com/pair
                Token         : %s…%s
                Code expires  : 2026-11-01 12:01:00 UTC
                Token expires : 2026-11-01 12:01:00 UTC
                Now           : 2026-11-01 12:00:00 UTC
                """
                    .formatted(token.substring(0, 8), token.substring(token.length() - 4)),
                ""));
  }

  @Test
  @DisplayName("--no-connect --json describes a setup code in JSON")
  void describesInJson() {
    Said said = shell.run("--no-connect", "--json", "--code", code("wss://nexo.example.com/pair"));
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .isEqualTo(
            """
            {
              "bootstrap_token": "%s",
              "now": "2026-11-01T12:00:00Z",
              "payload_expired": false,
              "payload_expires_at": "2026-11-01T12:01:00Z",
              "token_expired": false,
              "token_expires_at": "2026-11-01T12:01:00Z",
              "url": "wss://nexo.example.com/pair"
            }
            """
                .formatted(token(END, "Ana's phone").value()));
  }

  @Test
  @DisplayName("Every setup code vector is decoded")
  void decodesVectors() {
    for (JsonObject vector :
        Vectors.json("setup-codes.json")
            .asJsonObject()
            .getJsonArray("codes")
            .getValuesAs(JsonObject.class)) {
      Said said = shell.run("--no-connect", "--json", "--code", vector.getString("payload"));
      JsonObject decoded = vector.getJsonObject("decoded");
      JsonObject read = Json.read(said.out()).orElseThrow();
      assertThat(said.code()).isZero();
      assertThat(read.getString("url")).isEqualTo(decoded.getString("url"));
      assertThat(read.getString("bootstrap_token")).isEqualTo(decoded.getString("bootstrap_token"));
      assertThat(read.getString("payload_expires_at"))
          .isEqualTo(decoded.getString("expires_at").replaceFirst("\\.[0-9]+", ""));
    }
  }

  @Test
  @DisplayName("A malformed setup code is reported in one line")
  void malformedCode() {
    for (JsonString malformed :
        Vectors.json("setup-codes.json")
            .asJsonObject()
            .getJsonArray("malformed")
            .getValuesAs(JsonString.class)) {
      Said said = shell.run("--code", malformed.getString());
      assertThat(said.code()).as(malformed.getString()).isEqualTo(1);
      assertThat(said.out()).isEmpty();
      assertThat(said.err()).startsWith("nexo-companion: ").hasLineCount(1);
    }
  }

  @Test
  @DisplayName("Pairing stores the session under the device label")
  void pairs() throws Exception {
    try (StubPairServer server = willing()) {
      Said said = shell.run("--code", code(server.address()));

      assertThat(said.code()).isZero();
      assertThat(said.lines())
          .last()
          .isEqualTo("Paired; the session token is in " + sessionFile("Ana_s_phone"));
      assertThat(sessionFile("Ana_s_phone")).hasContent(SESSION);
      assertThat(said.out() + said.err())
          .doesNotContain(SESSION, token(END, "Ana's phone").value());
    }
  }

  @Test
  @DisplayName("--label overrides the label in the code")
  void labelOption() throws Exception {
    try (StubPairServer server = willing()) {
      Said said = shell.run("--json", "--label", "kitchen", "--code", code(server.address()));
      assertThat(said.out())
          .endsWith(
              "\n}\n{\n  \"paired\": true,\n  \"token_path\": \""
                  + sessionFile("kitchen")
                  + "\"\n}\n");
      assertThat(said.out()).doesNotContain(SESSION);
    }
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        arguments("a PNG named as such", "--png", "code.png"),
        arguments("a PNG", "code.png", null),
        arguments("a PNG that is called otherwise", "picture", null),
        arguments("a file with text", "code.txt", null),
        arguments("text on standard input", null, "text"),
        arguments("text on standard input, said so", "--code", "-"),
        arguments("a PNG on standard input", null, "png"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @DisplayName("A setup code is read from every documented source")
  void codeSources(String way, String one, String two) throws Exception {
    String code = code("wss://nexo.example.com/pair");
    byte[] png = QrCode.of(code).png();
    Files.write(home.resolve("code.png"), png);
    Files.write(home.resolve("picture"), png);
    Files.writeString(home.resolve("code.txt"), "\n  " + code + "\r\n");
    shell.input("\r\n" + code + "\nmore");
    Said said;
    if (one == null) {
      if ("png".equals(two)) {
        shell.input(png);
      }
      said = shell.run("--no-connect");
    } else if ("--code".equals(one)) {
      said = shell.run("--no-connect", one, two);
    } else if (two == null) {
      said = shell.run("--no-connect", home.resolve(one).toString());
    } else {
      said = shell.run("--no-connect", one, home.resolve(two).toString());
    }
    assertThat(said.err()).isEmpty();
    assertThat(said.lines()).first().isEqualTo("URL           : wss://nexo.example.com/pair");
  }

  static Stream<Arguments> clocks() {
    return Stream.of(
        arguments(Duration.ofMinutes(2), "120 s ahead of", "two minutes ahead, behind the expiry"),
        arguments(Duration.ofDays(3650), "315360000 s ahead of", "ten years ahead"),
        arguments(Duration.ofSeconds(-30), "30 s behind", "half a minute behind"),
        arguments(Duration.ofDays(-365), "31536000 s behind", "a year behind"),
        arguments(Duration.ofSeconds(4), null, "within the precision of the header"),
        arguments(Duration.ZERO, null, "right"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("clocks")
  @DisplayName("A wrong clock does not prevent pairing, and is reported")
  void wrongClock(Duration ahead, String offset, String why) throws Exception {
    try (StubPairServer server = willing().at(MovableClock.START)) {
      String code = code(server.address());
      clock.move(ahead);
      Said said = shell.run("--code", code);
      assertThat(said.code()).isZero();
      assertThat(said.err())
          .isEqualTo(
              offset == null
                  ? ""
                  : "nexo-companion: This machine's clock is "
                      + offset
                      + " the server's clock; synchronize it by NTP\n");
      assertThat(sessionFile("Ana_s_phone")).hasContent(SESSION);
    }
  }

  private static StubPairServer refusing() {
    return StubPairServer.that(
        peer -> {
          peer.text();
          peer.send("{\"error\":\"The bootstrap token is invalid or expired.\"}");
          peer.outlast();
        });
  }

  static Stream<Arguments> expired() {
    Instant past = MovableClock.START.minusSeconds(1);
    return Stream.of(
        arguments("both are over", past, past),
        arguments("the code is over", past, END),
        arguments("the token is over", END, past),
        arguments("it ends in this very second", MovableClock.START, MovableClock.START));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expired")
  @DisplayName("A code that the server refused exits with 2 if the server's clock says expired")
  void expiredCode(String why, Instant payload, Instant token) throws Exception {
    try (StubPairServer server = refusing().at(MovableClock.START)) {
      String code = code(server.address(), payload, token);
      Said said = shell.run("--code", code);
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err())
          .isEqualTo(
              "nexo-companion: This setup code has expired; ask the operator for a new one\n");
      assertThat(shell.run("--json", "--code", code).out())
          .contains("\n}\n{\n  \"error\": \"This setup code has expired")
          .endsWith("\"paired\": false\n}\n");
      assertThat(server.received()).as("the server was asked").isNotEmpty();
      // A clock that is behind hides the expiry from this machine only.
      clock.move(Duration.ofMinutes(-10));
      Said behind = shell.run("--code", code);
      assertThat(behind.code()).isEqualTo(2);
      assertThat(behind.err()).contains("600 s behind").hasLineCount(2);
    }
  }

  @Test
  @DisplayName("A refused code is not called expired by this machine's clock")
  void refusedNotExpired() throws Exception {
    try (StubPairServer server = refusing()) {
      String code = code(server.address());
      clock.move(Duration.ofDays(1));
      assertThat(shell.run("--code", code).code()).as("the server's time is unknown").isEqualTo(1);
      server.at(MovableClock.START);
      assertThat(shell.run("--code", code).code()).as("the server says it is not").isEqualTo(1);
    }
  }

  @Test
  @DisplayName("--no-connect says what this machine's clock says")
  void expiresLater() {
    String code = code("wss://nexo.example.com/pair");
    assertThat(shell.run("--no-connect", "--code", code).code()).isZero();
    clock.move(Duration.ofSeconds(60));
    Said said = shell.run("--no-connect", "--code", code);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).contains("(expired by this machine's clock)");
    assertThat(said.err())
        .isEqualTo("nexo-companion: By this machine's clock, the setup code has expired\n");
  }

  static Stream<Arguments> decorated() {
    return Stream.of(
        arguments("\"%s\"", "double quotes, as JSON and shells have them"),
        arguments("'%s'", "single quotes"),
        arguments("`%s`", "backticks of Markdown"),
        arguments("```\n%s\n```", "a block of Markdown"),
        arguments("\u201c%s\u201d", "a word processor's quotes"),
        arguments("\u201e%s\u201c", "German quotes"),
        arguments("\u00ab\u00a0%s\u00a0\u00bb", "French quotes with no-break spaces"),
        arguments("<%s>", "angle brackets of a mail"),
        arguments("(%s).", "parentheses, at the end of a sentence"),
        arguments("\ufeff%s", "a byte order mark"),
        arguments("\ufeff\"%s\"\r\n", "a byte order mark, quotes and a line end"),
        arguments("\u200b%s\u200b", "zero-width spaces"),
        arguments("\u2068%s\u2069", "direction marks"),
        arguments("\u3000%s\t", "wide spaces and tabs"),
        arguments("> %s", "a quoted mail"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("decorated")
  @DisplayName("What stands around a copied code is folded away")
  void foldedCode(String form, String why) throws Exception {
    String code = code("wss://nexo.example.com/pair");
    String text = form.formatted(code);
    String broken =
        form.formatted(
            code.replaceAll("(.{60})", "$1" + (form.startsWith("> ") ? "\n> " : "\r\n")));
    Path file = home.resolve("code.txt");
    for (String given : List.of(text, broken)) {
      assertThat(shell.run("--no-connect", "--code", given).code()).isZero();
      for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
        if (charset == UTF_8 || given.startsWith("\ufeff")) {
          Files.writeString(file, given, charset);
          assertThat(shell.run("--no-connect", file.toString()).code()).as("" + charset).isZero();
          shell.input(Files.readAllBytes(file));
          assertThat(shell.run("--no-connect").code()).as("input " + charset).isZero();
        }
      }
    }
  }

  static Stream<Arguments> otherFiles() {
    return Stream.of(
        arguments("RIFF\u001a\u0005\0\0WEBPVP8 ", "a WebP image"),
        arguments("RIFF\n\n\0\0WEBPVP8 ", "a WebP image"),
        arguments("GIF89a\u0001\0", "a GIF image"),
        arguments("\0\0\0\u0018ftypheic\0\0", "a HEIC image"),
        arguments("\0\0\0\u001cftypavif\0\0", "an AVIF image"),
        arguments("BM6\u000c\0\0\0\0\0\0", "a BMP image"),
        arguments("<svg xmlns=\"http://www.w3.org/2000/svg\">\n</svg>\n", "an SVG image"),
        arguments("%PDF-1.7\n", "a PDF document"),
        arguments("PK\u0003\u0004", "a ZIP archive"),
        arguments("<!DOCTYPE html>\n<html>\n", "an HTML page"),
        arguments("\u007fELF\u0002\u0001", "neither text nor a PNG or JPEG image"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("otherFiles")
  @DisplayName("A file of another type is named, with what to do")
  void otherFile(String content, String name) throws Exception {
    Path file = home.resolve("code");
    byte[] bytes = content.getBytes(ISO_8859_1);
    Files.write(file, bytes);
    shell.input(bytes);
    for (Said said : List.of(shell.run(file.toString()), shell.run())) {
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err())
          .contains(" is " + name, "PNG or JPEG", "setup code as text")
          .hasLineCount(1);
    }
    assertThat(shell.run("--png", file.toString()).err()).contains("PNG or JPEG").hasLineCount(1);
  }

  @Test
  @DisplayName("A JPEG is read like a PNG, from a file and from standard input")
  void jpeg() throws Exception {
    BufferedImage code =
        ImageIO.read(
            new ByteArrayInputStream(QrCode.of(code("wss://nexo.example.com/pair")).png()));
    Path jpeg = home.resolve("IMG-20261101-WA0001.jpg");
    assertThat(ImageIO.write(code, "jpeg", jpeg.toFile())).isTrue();
    shell.input(Files.readAllBytes(jpeg));
    for (Said said :
        List.of(
            shell.run("--no-connect", jpeg.toString()),
            shell.run("--no-connect", "--png", jpeg.toString()),
            shell.run("--no-connect"))) {
      assertThat(said.err()).isEmpty();
      assertThat(said.lines()).first().isEqualTo("URL           : wss://nexo.example.com/pair");
    }
  }

  @Test
  @DisplayName("A refusal is reported in one line and no session is stored")
  void refusedByServer() throws Exception {
    try (StubPairServer server =
        StubPairServer.that(
            peer -> {
              peer.text();
              peer.send("{\"error\":\"pairing refused\"}");
              peer.outlast();
            })) {
      Said said = shell.run("--json", "--code", code(server.address()));
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.out())
          .contains("{\n  \"error\": \"The se")
          .endsWith("\"paired\": false\n}\n");
      assertThat(said.err()).startsWith("nexo-companion: The server rejected").hasLineCount(1);
      assertThat(sessionFile("Ana_s_phone")).doesNotExist();
    }
  }

  @Test
  @DisplayName("An ambiguous URL in a setup code is refused")
  void ambiguousUrl() {
    Said said = shell.run("--code", code("ws://127.0.0.1:9@evil.example/pair"));
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("it has user info").hasLineCount(1);
  }

  @Test
  @DisplayName("Control characters in a setup code are not printed")
  void terminalSafety() {
    Said said = shell.run("--no-connect", "--code", code("wss://x/\u001b[2J\u202Epair"));
    assertThat(said.out()).contains("wss://x/[2Jpair").doesNotContain("\u001b", "\u202E");
  }

  static Stream<Arguments> misuse() {
    return Stream.of(
        arguments("nothing at all", new String[] {}, "Standard input is empty"),
        arguments("an unknown option", new String[] {"--lable", "x"}, "Unknown"),
        arguments("two codes", new String[] {"--code", "a", "--png", "b"}, "mutually exclusive"),
        arguments("a file that is not there", new String[] {"/no/such"}, "does not exist"),
        arguments("a directory", new String[] {"/"}, "is not a file"),
        arguments("a device that never ends", new String[] {"/dev/zero"}, "is not a file"),
        arguments("a PNG that is a device", new String[] {"--png", "/dev/zero"}, "is not a file"),
        arguments("whoami without a session", new String[] {"whoami"}, "There is no session"),
        arguments("rotate without a session", new String[] {"rotate"}, "There is no session"),
        arguments("signout without a session", new String[] {"signout"}, "There is no session"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misuse")
  @DisplayName("A usage error is one line and exits with 1")
  void usageErrors(String why, String[] arguments, String line) {
    Said said = shell.run(arguments);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).startsWith("nexo-companion: ").contains(line).hasLineCount(1);
  }

  @Test
  @DisplayName("Standard input longer than a setup code is refused")
  void longInput() {
    shell.input("x".repeat(100_000));
    assertThat(shell.run().err()).contains("too long for a setup code").hasLineCount(1);
  }

  private static StoredSession session(HttpServer server, String token) {
    String url = "ws://127.0.0.1:" + server.getAddress().getPort() + "/pair";
    return new StoredSession(new SessionToken(token), url, null, null);
  }

  /** Answers like that, after something else has happened. */
  private static HttpServer answering(int status, String body, Consumer<HttpServer> meanwhile)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          meanwhile.accept(server);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  @ParameterizedTest(name = "{0} answered with {1}")
  @CsvSource({"whoami, 200", "signout, 204", "signout, 401"})
  @DisplayName("A session stored during the command is not overwritten or deleted")
  void newerSession(String command, int status) throws Exception {
    SessionFiles files = new SessionFiles(home);
    String body =
        status == 200 ? "{\"session_id\":\"of-the-old\",\"expires_at\":\"2026-11-02\"}" : "";
    HttpServer server =
        answering(status, body, it -> files.keep("phone", session(it, "newer-token")));
    try {
      files.keep("phone", session(server, "older-token"));
      Said said = shell.run(command);
      assertThat(said.err()).isEmpty();
      assertThat(said.code()).isZero();
      assertThat(files.find("phone")).isEqualTo(session(server, "newer-token"));
      if (command.equals("signout")) {
        assertThat(said.out()).endsWith("; its files contain a newer session and were kept\n");
      }
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest(name = "{0} answered with {1}")
  @CsvSource({"whoami, 200", "signout, 204"})
  @DisplayName("A session deleted during the command is not stored again")
  void deletedSession(String command, int status) throws Exception {
    HttpServer server =
        answering(status, status == 200 ? "{}" : "", it -> deleted(sessionFile("phone")));
    try {
      new SessionFiles(home).keep("phone", session(server, "older-token"));
      assertThat(shell.run(command).code()).isZero();
      assertThat(sessionFile("phone")).doesNotExist();
    } finally {
      server.stop(0);
    }
  }

  private static void deleted(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("whoami stores the session's details and keeps the token file")
  void whoami() throws Exception {
    HttpServer server =
        answering(200, "{\"session_id\":\"id-1\",\"expires_at\":\"2026-11-02\"}", it -> {});
    try {
      SessionFiles files = new SessionFiles(home);
      files.keep("phone", session(server, "a-token"));
      Object inode = Files.getAttribute(sessionFile("phone"), "unix:ino");
      assertThat(shell.run("whoami").code()).isZero();
      assertThat(files.find("phone"))
          .isEqualTo(session(server, "a-token").described("id-1", "2026-11-02"));
      assertThat(Files.getAttribute(sessionFile("phone"), "unix:ino")).isEqualTo(inode);
    } finally {
      server.stop(0);
    }
  }

  @Test
  @DisplayName("rotate sends one JSON request and stores the new token")
  void rotates() throws Exception {
    List<String> types = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/companion/session/rotate",
        exchange -> {
          types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
          byte[] bytes =
              ("{\"session_token\":\"" + SESSION + "\"}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      new SessionFiles(home).keep("phone", session(server, "a-token"));
      assertThat(shell.run("rotate").code()).isZero();
      assertThat(types).containsExactly("application/json");
      assertThat(sessionFile("phone")).hasContent(SESSION);
    } finally {
      server.stop(0);
    }
  }

  @Test
  @DisplayName("rotate of a session that has ended says so and sends nothing twice")
  void rotatesAnEndedSession() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = answering(401, "", it -> requests.incrementAndGet());
    try {
      new SessionFiles(home).keep("phone", session(server, "a-token"));
      assertThat(shell.run("rotate").err()).contains("The session phone is no longer valid");
      assertThat(requests).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  @DisplayName("Help and version are available for every subcommand")
  void help() {
    assertThat(shell.run("--help").out()).contains("Examples:", "whoami", "rotate", "signout");
    assertThat(shell.run("rotate", "--help").out())
        .contains("session token", "--label")
        .doesNotContain("Examples:");
    assertThat(shell.run("--version").out()).startsWith("nexo-pairing ");
    assertThat(shell.run("whoami", "--version").out()).startsWith("nexo-pairing ");
  }
}
