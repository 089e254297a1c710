package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.from;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.cli.PairCliRunner;
import dev.nexo.pairing.cli.importer.OpenClawFixture;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The importers of {@code nexo-pair}, on the packaged server. */
@DisplayName("Import command against the packaged server")
class ImportCommandIT {

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
    server = new PackagedServer("import-command").start();
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
                  + " person; to admit it, use nexo-pair seed with the id"
                  + " group:120363000000000000@g.us\n")
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
    Files.write(nexo, Vectors.bytes("nexo-pairing.db"));
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
