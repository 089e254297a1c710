package dev.nexo.pairing.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("OpenClaw configuration")
class OpenClawConfigTest {

  @TempDir private Path directory;

  private SourceContents read(String source, Path path) throws IOException {
    SourceContents findings = new SourceContents(null, null, MovableClock.START);
    ImportSources.named(source).read(path, findings);
    return findings;
  }

  private SourceContents read(String telegram) throws IOException {
    Files.writeString(
        directory.resolve("openclaw.json"), "{\"channels\":{\"telegram\":" + telegram + "}}");
    return read("openclaw", directory);
  }

  private void approve(String account) throws IOException {
    Path files = Files.createDirectories(directory.resolve("credentials"));
    Files.writeString(
        files.resolve("telegram-" + account + "-allowFrom.json"), "{\"allowFrom\":[\"1\"]}");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "Help.Desk, help-desk, a sign that is none of its own",
    "help  &desk, help-desk, several such signs",
    "--Help--, help, dashes around",
    "HELP, help, capitals",
    "' ', default, nothing",
    "_x, _x, an underscore in front"
  })
  @DisplayName("Account names are normalized as OpenClaw does")
  void accountNames(String name, String stored, String why) throws Exception {
    approve(stored);
    SourceContents findings = read("{\"accounts\":{\"" + name + "\":{\"dmPolicy\":\"disabled\"}}}");
    assertThat(findings.candidates()).isEmpty();
    assertThat(findings.refusals()).extracting(RejectedCandidate::what).containsExactly("1");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "`dm`:{`enabled`:false} | '' | direct messages are off",
        "`dm`:{`enabled`:`no`} | '' | no boolean, with which OpenClaw does not start",
        "`dm`:{`enabled`:false},`accounts`:{`a`:{}} | '' | the account has the channel's dm",
        "`dm`:{`enabled`:false},`accounts`:{`a`:{`dm`:{}}} | a:1 a:2 | the account has its own dm",
        "`accounts`:{`a`:{`dm`:{`enabled`:false}},`b`:{}} | b:1 b:2 | one account is off",
        "`direct`:{`1`:{`enabled`:false}} | default:2 | one chat is off",
        "`direct`:{`1`:{`dmPolicy`:`disabled`}} | default:2 | one chat has a policy",
        "`direct`:{`1`:{`allowFrom`:[]}} | default:2 | one chat has a list",
        "`direct`:{`*`:{`enabled`:false}} | '' | every chat is off",
        "`direct`:{`$include`:`missing.json`} | '' | the chats are not read",
        "`direct`:{`1`:{`systemPrompt`:`Be brief`}} | default:1 default:2 | no access",
        "`direct`:{`*`:{`dmPolicy`:`disabled`}},`accounts`:{`a`:{},`b`:{`direct`:{}}} | b:1 b:2"
            + " | the account has its own chats"
      })
  @DisplayName("Settings for direct messages exclude senders as in OpenClaw")
  void directMessages(String settings, String imported, String why) throws Exception {
    SourceContents findings =
        read("{\"allowFrom\":[\"user:1\",\"tg:2\"]," + settings.replace('`', '"') + "}");
    assertThat(findings.candidates())
        .extracting(one -> one.account().accountId() + ":" + one.senderId())
        .containsExactly(imported.isEmpty() ? new String[0] : imported.split(" "));
  }

  @Test
  @DisplayName("A long account name is cut as OpenClaw cuts it")
  void longName() throws Exception {
    approve("a".repeat(64));
    SourceContents findings =
        read("{\"accounts\":{\"" + "a".repeat(70) + "\":{\"dmPolicy\":\"disabled\"}}}");
    assertThat(findings.candidates()).isEmpty();
  }

  @Test
  @DisplayName("Accounts that normalize to one name are refused")
  void sameName() throws Exception {
    approve("help-desk");
    SourceContents findings =
        read(
            "{\"accounts\":{\"help-desk\":{\"allowFrom\":[\"2\"]},\"Help.Desk\":{\"allowFrom\":[\"3\"]},"
                + "\"other\":{\"allowFrom\":[\"4\"]}}}");
    assertThat(findings.candidates()).extracting(Candidate::senderId).containsExactly("4");
    assertThat(findings.refusals())
        .hasSize(3)
        .allMatch(one -> one.reason().contains("mean the same account"));
  }

  static Stream<Arguments> off() {
    return Stream.of(
        arguments("{\"enabled\":false,\"allowFrom\":[\"2\"]}", "channel", "the channel"),
        arguments("{\"enabled\":\"no\",\"allowFrom\":[\"2\"]}", "channel", "no truth value"),
        arguments(
            "{\"allowFrom\":[\"2\"],\"accounts\":{\"Main\":{\"enabled\":false}}}",
            "account",
            "the account with the channel's list"),
        arguments(
            "{\"enabled\":true,\"accounts\":{\"main\":{\"enabled\":false,\"allowFrom\":[\"2\"]}}}",
            "account",
            "the account with its own list"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("off")
  @DisplayName("A disabled channel or account admits nobody")
  void disabled(String telegram, String what, String why) throws Exception {
    approve("main");
    SourceContents findings = read(telegram);
    assertThat(findings.candidates()).isEmpty();
    assertThat(findings.refusals())
        .hasSize(2)
        .allMatch(one -> one.reason().equals("the " + what + " is disabled in OpenClaw"));
  }

  @ParameterizedTest
  @CsvSource({
    "openclaw, state, openclaw/database/state",
    "openclaw, credentials, openclaw/files/credentials",
    "hermes, platforms, hermes/platforms",
    "hermes, pairing, hermes/pairing"
  })
  @DisplayName("A subdirectory that is a symbolic link is not followed")
  void linkedDirectory(String source, String name, String target) throws Exception {
    Files.createDirectories(directory.resolve("home"));
    Files.writeString(directory.resolve("home/openclaw.json"), "{}");
    Files.createSymbolicLink(
        directory.resolve("home").resolve(name),
        Path.of("src/test/resources/importers").resolve(target).toAbsolutePath());
    assertThatThrownBy(() -> read(source, directory.resolve("home")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(name + " is a link, and links are not followed");
  }
}
