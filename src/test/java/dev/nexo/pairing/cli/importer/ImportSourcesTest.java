package dev.nexo.pairing.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Import sources")
class ImportSourcesTest {

  private static final Path FIXTURES = Path.of("src/test/resources/importers");

  @TempDir private Path directory;

  private static SourceContents read(String source, Path path) throws IOException {
    return read(source, path, null, null);
  }

  private static SourceContents read(String source, Path path, String channel, String account)
      throws IOException {
    SourceContents findings = new SourceContents(channel, account, MovableClock.START);
    ImportSources.named(source).read(path, findings);
    return findings;
  }

  private static List<String> senders(SourceContents findings) {
    return findings.candidates().stream()
        .map(
            one -> one.account().channel() + " " + one.account().accountId() + " " + one.senderId())
        .toList();
  }

  private static List<String> refused(SourceContents findings) {
    return findings.refusals().stream().map(RejectedCandidate::what).toList();
  }

  private static final String[] OPENCLAW = {
    "telegram default 412345678",
    "telegram default 498765432",
    "telegram helpdesk 498765432",
    "telegram helpdesk @Ana_Maria",
    "whatsapp default +15550001111",
    "whatsapp personal 15550002222@s.whatsapp.net",
    "whatsapp personal 120363000000000000@g.us",
    "discord default 184200000000000001",
    "synology-chat office-nas 17",
    "whatsapp default +15550004444",
  };

  @Test
  @DisplayName("OpenClaw's files yield exactly its senders")
  void openClawFiles() throws Exception {
    SourceContents findings = read("openclaw", FIXTURES.resolve("openclaw/files"));
    assertThat(senders(findings)).containsExactlyInAnyOrder(OPENCLAW);
    assertThat(findings.refusals()).isEmpty();
    assertThat(findings.counts()).isEqualTo(Map.of("pending", 2));
  }

  @Test
  @DisplayName("OpenClaw's database yields exactly its senders")
  void openClawDatabase() throws Exception {
    SourceContents findings = read("openclaw", OpenClawFixture.database(directory));
    assertThat(senders(findings)).containsExactlyInAnyOrder(OPENCLAW);
    assertThat(findings.refusals()).isEmpty();
    assertThat(findings.counts()).isEqualTo(Map.of("pending", 2));
  }

  @Test
  @DisplayName("Old files that OpenClaw no longer reads are reported")
  void openClawOldFiles() throws Exception {
    Path state = OpenClawFixture.database(directory);
    Files.createDirectory(state.resolve("credentials"));
    Files.writeString(
        state.resolve("credentials/telegram-allowFrom.json"), "{\"allowFrom\":[\"1\"]}");
    SourceContents findings = read("openclaw", state);
    assertThat(senders(findings)).containsExactlyInAnyOrder(OPENCLAW);
    assertThat(findings.refusals())
        .singleElement()
        .satisfies(
            one -> assertThat(one.line()).contains("telegram-allowFrom.json", "ignores this file"));
  }

  @Test
  @DisplayName("OpenClaw's configuration has the same effect as in OpenClaw")
  void openClawConfiguration() throws Exception {
    Files.createDirectory(directory.resolve("credentials"));
    for (String account : List.of("default", "closed", "listed", "shut", "mixed")) {
      Files.writeString(
          directory.resolve("credentials/telegram-" + account + "-allowFrom.json"),
          "{\"version\":1,\"allowFrom\":[\"100\"]}");
    }
    Files.writeString(
        directory.resolve("openclaw.json"),
        """
        {"channels": {
          "telegram": {
            "dmPolicy": "pairing",
            "allowFrom": ["tg:200", "Telegram:201", "*", "accessGroup:ops", {"id": 1}, 202],
            "accounts": {
              "default": {},
              "listed": {"dmPolicy": "allowlist", "allowFrom": ["300"]},
              "shut": {"dmPolicy": "disabled"},
              "Mixed": {"allowFrom": []}
            }
          },
          "discord": {"dm": {"policy": "allowlist", "allowFrom": ["400"]}},
          "modelByChannel": 7
        }}
        """);
    SourceContents findings = read("openclaw", directory);
    assertThat(senders(findings))
        .containsExactlyInAnyOrder(
            "telegram default 100",
            "telegram closed 100",
            "telegram Mixed 100",
            "telegram default 200",
            "telegram default 201",
            "telegram default 202",
            "telegram listed 300",
            "discord default 400");
    assertThat(refused(findings))
        .containsExactlyInAnyOrder(
            // The default account's list, and the same for the one that is disabled.
            "*",
            "accessGroup:ops",
            "{\"id\":1}",
            "tg:200",
            "Telegram:201",
            "*",
            "accessGroup:ops",
            "{\"id\":1}",
            "202",
            // Approvals on the accounts that do not go by them.
            "100",
            "100");
  }

  @Test
  @DisplayName("Control characters are removed from a reason")
  void terminalSafety() throws Exception {
    Path files = Files.createDirectory(directory.resolve("credentials"));
    Files.writeString(files.resolve("telegram-allowFrom.json"), "{\"allowFrom\":[\"1\"]}");
    Files.writeString(
        directory.resolve("openclaw.json"),
        "{\"channels\":{\"telegram\":{\"dmPolicy\":\"\\u001b[2J\\u202eshut\"}}}");
    assertThat(read("openclaw", directory).refusals())
        .singleElement()
        .satisfies(
            one -> assertThat(one.line()).contains("[2Jshut").doesNotContain("\u001b", "\u202e"));
  }

  @Test
  @DisplayName("An OpenClaw configuration that is not JSON5 stops the import")
  void badConfiguration() throws Exception {
    Files.createDirectory(directory.resolve("credentials"));
    Files.writeString(directory.resolve("openclaw.json"), "{ // mine\n channels: {} ");
    assertThatThrownBy(() -> read("openclaw", directory))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("is not JSON5");
  }

  @Test
  @DisplayName("An ambiguous file name is reported and not imported")
  void ambiguousFileName() throws Exception {
    Path files = Files.createDirectory(directory.resolve("credentials"));
    Files.writeString(directory.resolve("openclaw.json"), "{\"channels\":{\"zalo-user\":{}}}");
    for (String name : List.of("zalo-user-home", "teleport-home", "nextcloud-talk-home")) {
      Files.writeString(files.resolve(name + "-allowFrom.json"), "{\"allowFrom\":[\"1\"]}");
    }
    SourceContents findings = read("openclaw", directory);
    assertThat(senders(findings)).containsExactly("nextcloud-talk home 1");
    assertThat(findings.refusals())
        .hasSize(2)
        .allMatch(one -> one.reason().contains("one channel and account"));
  }

  @Test
  @DisplayName("Nexo's database yields exactly the senders that are not revoked")
  void nexoDatabase() throws Exception {
    Path database = Files.write(directory.resolve("pairing.db"), Vectors.bytes("nexo-pairing.db"));
    SourceContents findings = read("nexo", database);
    assertThat(senders(findings))
        .containsExactlyInAnyOrder(
            "whatsapp personal +215558492755",
            "whatsapp default +124154648585",
            "telegram cody_nexo_bot @ana_165");
    assertThat(findings.counts()).isEqualTo(Map.of("revoked", 1, "pending", 2));
    assertThat(findings.candidates().get(0).note())
        .isEqualTo("from Nexo, approved 2026-01-01, cli");
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "NULL | - | @ana | no end",
        "1893456000 | - | @ana until 2030-01-01T00:00:00Z | an end",
        "1577836800 | - | - | expired",
        "'''soon''' | - | - | an end that is not a time",
        "NULL, 3600 | - | - | an idle time",
        "NULL | NULL | - | blocked after Nexo's approval",
        "NULL | 1893456000000 | - | denied after Nexo's approval",
      })
  @DisplayName("Expiries and blocks that this module added to Nexo's database remain valid")
  void usedNexoDatabase(String end, String deniedUntil, String imported, String why)
      throws Exception {
    Path database = directory.resolve("pairing.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE pairing_allow_from (channel, account_id, sender_id, approved_at,"
              + " approved_via, revoked_at, expires_at, idle_secs)");
      statement.execute(
          "CREATE TABLE pairing_blocked (channel, account_id, sender_id, denied_until)");
      statement.execute(
          "INSERT INTO pairing_allow_from VALUES"
              + " ('telegram', 'default', '@ana', 0, 'cli', NULL, "
              + (end.contains(",") ? end : end + ", NULL")
              + ")");
      if (deniedUntil != null) {
        statement.execute(
            "INSERT INTO pairing_blocked VALUES ('telegram', 'default', '@ana', "
                + deniedUntil
                + ")");
      }
    }
    SourceContents findings = read("nexo", database);
    assertThat(findings.candidates())
        .extracting(
            one -> one.senderId() + (one.expiresAt() == null ? "" : " until " + one.expiresAt()))
        .containsExactly(imported == null ? new String[0] : new String[] {imported});
    assertThat(findings.refusals()).hasSize(imported == null ? 1 : 0);
  }

  @Test
  @DisplayName("Hermes lists are read from both directories")
  void hermes() throws Exception {
    SourceContents findings = read("hermes", FIXTURES.resolve("hermes"), null, "helpdesk");
    assertThat(senders(findings))
        .containsExactlyInAnyOrder(
            "telegram helpdesk 412345678",
            "telegram helpdesk @Some_Body",
            "whatsapp helpdesk 15550001111",
            "whatsapp helpdesk 130631430344750@lid",
            "discord helpdesk 184200000000000001");
    assertThat(refused(findings)).containsExactly("130631430344751");
    assertThat(findings.counts()).isEqualTo(Map.of("pending", 1));
    assertThat(findings.candidates().get(0).note())
        .isEqualTo("Ana, from Hermes, approved 2026-01-01");
  }

  @Test
  @DisplayName("nanobot lists are read from both files")
  void nanobot() throws Exception {
    SourceContents findings = read("nanobot", FIXTURES.resolve("nanobot"));
    assertThat(senders(findings))
        .containsExactlyInAnyOrder(
            "telegram default 412345678",
            "telegram default 498765432",
            "whatsapp default 15550001111",
            "telegram default @Some_Body",
            "telegram default 477777777",
            "discord default 184200000000000001");
    assertThat(refused(findings)).containsExactlyInAnyOrder("130631430344750", "*");
    assertThat(findings.counts()).isEqualTo(Map.of("pending", 1));
  }

  @Test
  @DisplayName("The channel and account options filter the source")
  void filters() throws Exception {
    Path files = FIXTURES.resolve("openclaw/files");
    SourceContents findings = read("openclaw", files, "telegram", "helpdesk");
    assertThat(senders(findings))
        .containsExactly("telegram helpdesk 498765432", "telegram helpdesk @Ana_Maria");
    assertThat(findings.counts()).containsEntry("of another channel or account", 8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openclaw", "hermes", "nanobot"})
  @DisplayName("A directory without the expected files is refused")
  void otherDirectory(String source) {
    assertThatThrownBy(() -> read(source, directory))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("neither");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "7", "{\"a\":1}}", "{\"approved\":"})
  @DisplayName("A file that is not a JSON object stops the import")
  void notObject(String text) throws Exception {
    Files.writeString(directory.resolve("pairing.json"), text);
    assertThatThrownBy(() -> read("nanobot", directory))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("is not a JSON object");
  }

  @Test
  @DisplayName("Deeply nested JSON stops the import")
  void deepJson() throws Exception {
    Files.writeString(
        directory.resolve("pairing.json"),
        "{\"approved\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}");
    assertThatThrownBy(() -> read("nanobot", directory)).isInstanceOf(CommandException.class);
  }

  @Test
  @DisplayName("Values of an unexpected type are reported and not imported")
  void otherShapes() throws Exception {
    Files.writeString(
        directory.resolve("pairing.json"),
        "\uFEFF{\"approved\":{\"telegram\":\"everybody\",\"x\":[[],{},null,true,1.5]},\"pending\":[]}");
    SourceContents findings = read("nanobot", directory);
    assertThat(findings.candidates()).isEmpty();
    assertThat(refused(findings))
        .containsExactly("\"everybody\"", "[]", "{}", "null", "true", "1.5");
  }

  @Test
  @DisplayName("Symbolic links inside the directory are not followed")
  void links() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "{\"approved\":{}}");
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.createSymbolicLink(home.resolve("pairing.json"), secret);
    assertThatThrownBy(() -> read("nanobot", home))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("a link, and links are not followed");

    Path hermes = Files.createDirectory(directory.resolve("hermes"));
    Files.createSymbolicLink(
        hermes.resolve("pairing"), FIXTURES.resolve("hermes/pairing").toAbsolutePath());
    assertThatThrownBy(() -> read("hermes", hermes)).isInstanceOf(CommandException.class);
  }

  @Test
  @DisplayName("The path that the operator names may be a symbolic link")
  void linkToSource() throws Exception {
    Path link =
        Files.createSymbolicLink(
            directory.resolve("link"), FIXTURES.resolve("nanobot").toAbsolutePath());
    assertThat(read("nanobot", link).candidates()).hasSize(6);
  }

  @Test
  @DisplayName("An unknown source is refused, and the known ones are listed")
  void unknownSource() {
    assertThatThrownBy(() -> ImportSources.named("signal"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("openclaw, nexo, hermes, nanobot, csv");
  }
}
