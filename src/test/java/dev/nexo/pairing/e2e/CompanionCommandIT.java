package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.cli.CompanionCliRunner;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code nexo-companion}, on the packaged server. */
@DisplayName("Companion command against the packaged server")
class CompanionCommandIT {

  @TempDir private static Path directory;
  private static PackagedServer server;
  private static ServerClient operator;

  @BeforeAll
  static void start() {
    server = new PackagedServer("companion-command");
    server.environment("PAIRING_PUBLIC_URL", "ws://127.0.0.1:" + server.port()).start();
    operator = server.operator();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonObject setupCode(String label) {
    ServerClient.Answer answer =
        operator.post(
            "/setup-codes?qr=png", Json.createObjectBuilder().add("device_label", label).build());
    assertThat(answer.status()).isEqualTo(201);
    return answer.json();
  }

  private static CompanionCliRunner companion(Path home) {
    return new CompanionCliRunner(home, Clock.systemUTC());
  }

  private static int sessions() {
    return operator.get("/api/v1/sessions").json().getJsonArray("sessions").size();
  }

  @Test
  @DisplayName("A PNG pairs; whoami, rotate and signout work with the stored token")
  void aSessionFromItsPictureToItsEnd() throws Exception {
    Path home = directory.resolve("by-png");
    JsonObject code = setupCode("Ana's tablet");
    Path png =
        Files.write(
            directory.resolve("code.png"),
            Base64.getDecoder().decode(code.getJsonObject("qr").getString("png")));
    CompanionCliRunner shell = companion(home);

    CompanionCliRunner.Said paired = shell.run(png.toString());
    assertThat(paired.err()).isEmpty();
    assertThat(paired.code()).isZero();
    Path token = home.resolve("pairing/sessions/Ana_s_tablet.token");
    String first = Files.readString(token).strip();
    assertThat(ServerClient.bearer(server.port(), first).get("/api/v1/companion/session").status())
        .isEqualTo(200);
    assertThat(operator.get("/api/v1/setup-codes/" + code.getString("setup_id")).body())
        .contains("redeemed");

    assertThat(shell.run("whoami").lines())
        .anyMatch(line -> line.equals("Device        : Ana's tablet"))
        .anyMatch(line -> line.equals("Profile       : companion-v1"));
    JsonObject who = json(shell.run("whoami", "--json"));
    assertThat(Files.readString(home.resolve("pairing/sessions/Ana_s_tablet.json")))
        .contains(who.getString("session_id"), who.getString("expires_at"));

    CompanionCliRunner.Said rotated = shell.run("rotate");
    assertThat(rotated.out()).isEqualTo("Rotated; the new session token is in " + token + "\n");
    String second = Files.readString(token).strip();
    assertThat(second).isNotEqualTo(first);
    assertThat(ServerClient.bearer(server.port(), first).get("/api/v1/companion/session").status())
        .isEqualTo(401);
    assertThat(json(shell.run("whoami", "--json")).getString("session_id"))
        .isEqualTo(who.getString("session_id"));

    int before = sessions();
    assertThat(shell.run("signout").out()).isEqualTo("Signed out Ana_s_tablet\n");
    assertThat(sessions()).isEqualTo(before - 1);
    assertThat(token).doesNotExist();
    assertThat(shell.run("whoami").err()).contains("There is no session").hasLineCount(1);
  }

  private static JsonObject json(CompanionCliRunner.Said said) {
    assertThat(said.err()).isEmpty();
    try (var reader = Json.createReader(new java.io.StringReader(said.out()))) {
      return reader.readObject();
    }
  }

  @Test
  @DisplayName("The shipped script pairs once with a code from standard input")
  void theShippedScriptPairs() throws Exception {
    Path home = directory.resolve("by-script");
    Path script = Path.of("target", "cli", "nexo-companion").toAbsolutePath();
    Path input = directory.resolve("code.txt");
    Files.writeString(input, setupCode("kitchen").getString("payload") + "\n");
    ProcessBuilder builder =
        new ProcessBuilder(script.toString(), "--json").redirectInput(input.toFile());
    builder.environment().put("NEXO_HOME", home.toString());
    builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(err).isEmpty();
    assertThat(process.exitValue()).isZero();
    Path token = home.resolve("pairing/sessions/kitchen.token");
    assertThat(out).endsWith("{\n  \"paired\": true,\n  \"token_path\": \"" + token + "\"\n}\n");
    assertThat(out).doesNotContain(Files.readString(token).strip());

    CompanionCliRunner.Said again =
        companion(directory.resolve("again")).run("--code", Files.readString(input).strip());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err())
        .startsWith("nexo-companion: The server rejected this setup code")
        .hasLineCount(1);
    assertThat(directory.resolve("again/pairing/sessions/kitchen.token")).doesNotExist();
  }

  @Test
  @DisplayName("A session that the operator ended is refused, and signout cleans up")
  void anEndedSessionIsOver() {
    Path home = directory.resolve("ended");
    CompanionCliRunner shell = companion(home);
    assertThat(shell.run("--code", setupCode("lost").getString("payload")).code()).isZero();
    String id = json(shell.run("whoami", "--json")).getString("session_id");
    assertThat(operator.delete("/sessions/" + id).status()).isEqualTo(204);

    assertThat(shell.run("whoami").err()).contains("revoked; pair again").hasLineCount(1);
    assertThat(shell.run("rotate").code()).isEqualTo(1);
    assertThat(shell.run("signout").out()).contains("had ended already");
    assertThat(home.resolve("pairing/sessions/lost.token")).doesNotExist();
  }

  @Test
  @DisplayName("A code that has expired on the server exits with 2, whatever the clock says")
  void anExpiredCodeEndsWith2() {
    ServerClient.Answer answer =
        operator.post("/setup-codes", Json.createObjectBuilder().add("ttl_secs", 1).build());
    JsonObject code = answer.json();
    await("its expiry")
        .atMost(Duration.ofSeconds(15))
        .until(
            () ->
                operator
                    .get("/api/v1/setup-codes/" + code.getString("setup_id"))
                    .body()
                    .contains("expired"));
    Clock earlier = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
    for (Clock clock : List.of(Clock.systemUTC(), earlier)) {
      CompanionCliRunner.Said said =
          new CompanionCliRunner(directory.resolve("late"), clock)
              .run("--code", code.getString("payload"));
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains("This setup code has expired");
    }
  }

  @Test
  @NeedsProgram("faketime")
  @DisplayName("A machine whose clock is two minutes ahead pairs, and says so")
  void theClockIsAhead() throws Exception {
    Path home = directory.resolve("ahead");
    Path picture = directory.resolve("ahead.png");
    Files.write(
        picture,
        Base64.getDecoder().decode(setupCode("ahead").getJsonObject("qr").getString("png")));
    Path script = Path.of("target", "cli", "nexo-companion").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder("faketime", "+2 minutes", script.toString(), picture.toString());
    builder.environment().put("NEXO_HOME", home.toString());
    builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out + err).isZero();
    assertThat(err)
        .matches(
            "nexo-companion: This machine's clock is 1[12]\\d s ahead of the server's clock;"
                + " synchronize it by NTP\n");
    assertThat(home.resolve("pairing/sessions/ahead.token")).exists();
  }

  @Test
  @DisplayName("A JPEG pairs, and a WebP is named")
  void otherPictures() throws Exception {
    byte[] png =
        Base64.getDecoder().decode(setupCode("photo").getJsonObject("qr").getString("png"));
    Path jpeg = directory.resolve("photo.jpg");
    ImageIO.write(ImageIO.read(new ByteArrayInputStream(png)), "jpeg", jpeg.toFile());
    assertThat(companion(directory.resolve("photo")).run(jpeg.toString()).code()).isZero();
    Path webp = directory.resolve("photo.webp");
    Files.write(webp, "RIFF\u001a\5\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(companion(directory.resolve("photo")).run(webp.toString()).err())
        .contains("is a WebP image; save the QR code as PNG or JPEG");
  }

  @Test
  @DisplayName("A code copied from a mail, with quotes and line breaks, pairs")
  void copiedCode() {
    String payload = setupCode("mail").getString("payload");
    String copied = "\ufeff\u201c" + payload.replaceAll("(.{76})", "$1\r\n") + "\u201d\n";
    assertThat(companion(directory.resolve("mail")).run("--code", copied).code()).isZero();
  }
}
