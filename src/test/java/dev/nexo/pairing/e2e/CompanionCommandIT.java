package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.cli.CompanionCliRunner;
import dev.nexo.pairing.cli.PairCliRunner;
import dev.nexo.pairing.cli.importer.OpenClawFixture;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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

/**
 * The command {@code nexo-companion} and the importers of {@code nexo-pair}, on the packaged
 * server.
 */
@DisplayName("Companion command against the packaged server")
class CompanionCommandIT {

  private static final Path FIXTURES = Path.of("src/test/resources/importers");

  /** The senders that OpenClaw admitted, without the group, which is not a valid sender. */
  private static final List<String> OPENCLAW =
      List.of(
          "discord default 184200000000000001",
          "synology-chat office-nas 17",
          "telegram default 412345678",
          "telegram default 498765432",
          "telegram helpdesk 498765432",
          "telegram helpdesk @ana_maria",
          "whatsapp default +15550001111",
          "whatsapp default +15550004444",
          "whatsapp personal +15550002222");

  @TempDir private static Path directory;
  private static PackagedServer server;
  private static ServerClient operator;
  private static PairCliRunner shell;

  @BeforeAll
  static void start() {
    server = new PackagedServer("companion-command");
    server.environment("PAIRING_PUBLIC_URL", "ws://127.0.0.1:" + server.port()).start();
    operator = server.operator();
    shell =
        new PairCliRunner(
            directory,
            "http://127.0.0.1:" + server.port(),
            server.operatorPassword(),
            Clock.systemUTC());
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

  private static List<String> allowed() {
    return operator
        .get("/api/v1/allow-from?limit=1000")
        .json()
        .getJsonArray("allow")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(
            row ->
                row.getString("channel")
                    + " "
                    + row.getString("account_id")
                    + " "
                    + row.getString("sender_id"))
        .sorted()
        .toList();
  }

  private static String decision(String channel, String account, String sender) {
    return operator.posted("/inbound", from(channel, account, sender)).getString("decision");
  }

  private static void revokeAll() {
    for (String row : allowed()) {
      String[] parts = row.split(" ", 3);
      operator.posted(
          "/allow-from/revoke",
          Json.createObjectBuilder()
              .add("channel", parts[0])
              .add("account_id", parts[1])
              .add("sender_id", parts[2])
              .build());
    }
  }

  @Test
  @DisplayName("An OpenClaw import admits its senders; a second one changes nothing")
  void whatOpenClawWroteAdmitsExactlyItsSenders() throws Exception {
    String state = OpenClawFixture.database(directory).toString();
    assertThat(allowed()).isEmpty();

    PairCliRunner.Said rehearsed = shell.run("import", "openclaw", state, "--dry-run");
    assertThat(rehearsed.code()).isZero();
    assertThat(rehearsed.lines())
        .hasSize(10)
        .contains("Would import telegram:helpdesk:@ana_maria")
        .last()
        .isEqualTo("Would import 9 sender(s); 0 already admitted, 1 not imported, 2 pending");
    assertThat(allowed()).isEmpty();

    PairCliRunner.Said imported = shell.run("import", "openclaw", state);
    assertThat(imported.code()).isZero();
    for (PairCliRunner.Said said : List.of(rehearsed, imported)) {
      assertThat(said.err())
          .contains(
              "openclaw.sqlite: 120363000000000000@g.us is not imported: it is a group and not a"
                  + " person; to admit it, use nexo-pair seed\n")
          .containsPattern("Warning: @[Aa]na_[Mm]aria: Telegram sends numeric ids");
    }
    assertThat(allowed()).isEqualTo(OPENCLAW);
    for (String row : OPENCLAW) {
      String[] parts = row.split(" ", 3);
      assertThat(decision(parts[0], parts[1], parts[2])).as(row).isEqualTo("admit");
    }
    assertThat(decision("telegram", "default", "455555555")).isEqualTo("challenge");
    assertThat(decision("telegram", "helpdesk", "412345678")).isEqualTo("challenge");
    assertThat(decision("whatsapp", "default", "15550003333@c.us")).isEqualTo("challenge");

    JsonValue before = operator.get("/api/v1/allow-from").json();
    int entries = audit();
    for (String again : List.of(state, FIXTURES.resolve("openclaw/files").toString())) {
      assertThat(shell.run("import", "openclaw", again).lines())
          .singleElement()
          .isEqualTo("Imported 0 sender(s); 9 already admitted, 1 not imported, 2 pending");
    }
    assertThat(operator.get("/api/v1/allow-from").json()).isEqualTo(before);
    assertThat(audit()).isEqualTo(entries);

    decisionsMadeHereStand(state);
    theOlderFilesSayTheSame();
    theOthersComeInAsWell();
  }

  private static int audit() {
    return operator.get("/api/v1/audit?limit=1000").json().getJsonArray("audit").size();
  }

  /** Senders who were denied here are reported and not admitted. */
  private void decisionsMadeHereStand(String state) {
    operator.posted(
        "/allow-from/revoke",
        Json.createObjectBuilder()
            .add("channel", "telegram")
            .add("account_id", "default")
            .add("sender_id", "412345678")
            .build());
    assertThat(shell.run("import", "openclaw", state).err())
        .contains("412345678 is not imported: it was revoked here at 20");
    // A pending request hides that its sender was revoked.
    assertThat(decision("telegram", "default", "412345678")).isEqualTo("challenge");
    assertThat(shell.run("import", "openclaw", state).err())
        .contains("412345678 is not imported: it was revoked here at 20");
    assertThat(decision("telegram", "default", "412345678")).isEqualTo("challenge");
  }

  private void theOlderFilesSayTheSame() throws IOException {
    revokeAll();
    assertThat(allowed()).isEmpty();
    Path other = Files.createDirectories(directory.resolve("other"));
    Path csv = other.resolve("people.csv");
    Files.writeString(
        csv,
        """
        channel,account_id,sender_id,note,expires_at
        matrix,default,@a:b.example,Ana,
        telegram,csv,@Some_Body,until the new year,2099-01-01T00:00:00Z
        telegram,csv,not an id,,
        whatsapp,csv,+1 (555) 000-7777,,
        whatsapp,csv,15550007777@c.us,,
        """);
    PairCliRunner.Said said = shell.run("import", "csv", csv.toString(), "--json");
    assertThat(said.code()).isZero();
    assertThat(said.err())
        .contains(
            "people.csv line 4: not an id is not imported: the channel telegram does not accept"
                + " this sender id\n",
            "Warning: @Some_Body: Telegram sends numeric ids");
    assertThat(allowed())
        .containsExactly(
            "matrix default @a:b.example", "telegram csv @some_body", "whatsapp csv +15550007777");
    assertThat(operator.get("/api/v1/allow-from?channel=telegram&account_id=csv").body())
        .contains("\"expires_at\":\"2099-01-01T00:00:00Z\"", "\"note\":\"until the new year\"");
    assertThat(shell.run("import", "csv", csv.toString()).lines())
        .singleElement()
        .isEqualTo("Imported 0 sender(s); 3 already admitted, 1 not imported");
  }

  private void theOthersComeInAsWell() throws IOException {
    revokeAll();
    Path nexo = directory.resolve("nexo.db");
    Files.write(nexo, dev.nexo.pairing.Vectors.bytes("nexo-pairing.db"));
    assertThat(shell.run("import", "nexo", nexo.toString()).code()).isZero();
    assertThat(
            shell.run("import", "hermes", "" + FIXTURES.resolve("hermes"), "--account", "h").code())
        .isZero();
    assertThat(
            shell
                .run("import", "nanobot", "" + FIXTURES.resolve("nanobot"), "--account", "n")
                .code())
        .isZero();
    assertThat(allowed())
        .containsExactly(
            "discord h 184200000000000001",
            "discord n 184200000000000001",
            "telegram cody_nexo_bot @ana_165",
            "telegram h 412345678",
            "telegram h @some_body",
            "telegram n 412345678",
            "telegram n 477777777",
            "telegram n 498765432",
            "telegram n @some_body",
            "whatsapp default +124154648585",
            "whatsapp h +15550001111",
            "whatsapp h 130631430344750@lid",
            "whatsapp n +15550001111",
            "whatsapp personal +215558492755");
    assertThat(shell.run("import", "nexo", nexo + "x").err()).contains("does not exist");
  }

  @Test
  @DisplayName("Imports name what they do not read, and never admit a placeholder")
  void namedParts() throws Exception {
    Path hermes = directory.resolve("hermes-profiles/profiles/work/pairing");
    Files.createDirectories(hermes);
    Files.writeString(hermes.resolve("telegram-approved.json"), "{\"455555555\":{}}");
    Path home = hermes.getParent().getParent().getParent();
    assertThat(shell.run("import", "hermes", home.toString(), "--dry-run").lines())
        .contains("Would import telegram:work:455555555");

    Path openclaw = Files.createDirectories(directory.resolve("openclaw-json5"));
    Files.writeString(
        openclaw.resolve("openclaw.json"),
        """
        { // mine
          channels: {
            $include: ['./people.json5', '../elsewhere.json5'],
            signal: {allowFrom: ['${OWNER_PHONE}',]},
          },
        }
        """);
    Files.writeString(
        openclaw.resolve("people.json5"), "{telegram: {allowFrom: ['466666666']}} // theirs");
    PairCliRunner.Said said = shell.run("import", "openclaw", openclaw.toString(), "--dry-run");
    assertThat(said.code()).isZero();
    assertThat(said.err())
        .contains(
            "openclaw.json: $include ../elsewhere.json5 is not imported: it is not below",
            "466666666 is not imported: its settings in OpenClaw include a file",
            "${OWNER_PHONE} is not imported");

    Files.writeString(
        openclaw.resolve("openclaw.json"),
        "{channels: {$include: './people.json5', signal: {allowFrom: ['${OWNER_PHONE}',]}}}");
    said = shell.run("import", "openclaw", openclaw.toString(), "--dry-run");
    assertThat(said.lines()).contains("Would import telegram:default:466666666");
    assertThat(said.err()).contains("${OWNER_PHONE} is not imported: it looks like a placeholder");
  }
}
