package dev.nexo.pairing.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Includes of OpenClaw's configuration")
class OpenClawIncludesTest {

  @TempDir private Path directory;
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectory(directory.resolve("home"));
    write("../outside.json5", "{telegram: {allowFrom: ['666']}}");
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private SourceContents read() throws IOException {
    SourceContents findings = new SourceContents(null, null, MovableClock.START);
    ImportSources.named("openclaw").read(home, findings);
    return findings;
  }

  private static List<String> senders(SourceContents findings) {
    return findings.candidates().stream()
        .map(one -> one.account().accountId() + " " + one.senderId())
        .toList();
  }

  static Stream<Arguments> followed() {
    return Stream.of(
        arguments("{$include: './a.json5'}", "the whole configuration"),
        arguments("{'$include': ['base.json', 'a.json5']}", "a list of files"),
        arguments("{channels: {$include: 'parts/channels.json5'}}", "the channels"),
        arguments("{channels: {telegram: {$include: 'parts/telegram.json5'}}}", "a channel"),
        arguments("{channels: {telegram: {allowFrom: {$include: 'parts/list.json'}}}}", "a list"),
        arguments(
            "{channels: {telegram: {allowFrom: {$include: ['parts/one.json', 'parts/two.json']}}}}",
            "joined lists"),
        arguments(
            "{channels: {telegram: {allowFrom: ['2'], $include: 'parts/first.json'}}}",
            "a list in the file and one beside it"),
        arguments(
            "{channels: {telegram: {accounts: {$include: 'parts/accounts.json5'}}}}", "accounts"),
        arguments("{channels: {$include: 'parts/nested.json5'}}", "an include of an include"),
        arguments("{channels: {$include: 'parts/../parts/channels.json5'}}", "a path with dots"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("followed")
  @DisplayName("An include is read")
  void follows(String config, String why) throws Exception {
    write("openclaw.json", config);
    write("a.json5", "// mine\n{channels: {telegram: {allowFrom: ['1', '2',]}}}");
    write("base.json", "{\"gateway\":{\"port\":1},\"channels\":{\"discord\":{}}}");
    write("parts/channels.json5", "{telegram: {allowFrom: ['1', '2']}}");
    write("parts/telegram.json5", "{allowFrom: ['1', '2']}");
    write("parts/first.json", "{\"allowFrom\":[\"1\"]}");
    write("parts/list.json", "[\"1\",\"2\"]");
    write("parts/one.json", "[\"1\"]");
    write("parts/two.json", "[\"2\"]");
    write("parts/accounts.json5", "{default: {allowFrom: ['1', '2']}}");
    write("parts/nested.json5", "{telegram: {$include: './telegram.json5'}}");
    SourceContents findings = read();
    assertThat(senders(findings)).containsExactly("default 1", "default 2");
    assertThat(findings.refusals())
        .extracting(RejectedCandidate::where)
        .isSubsetOf("a.json5", "base.json", "parts");
  }

  @Test
  @DisplayName("A file that is included is not reported as unknown")
  void knownFiles() throws Exception {
    write("openclaw.json", "{channels: {$include: ['a.json5', 'parts/b.json5']}}");
    write("a.json5", "{telegram: {allowFrom: ['1']}}");
    write("parts/b.json5", "{telegram: {allowFrom: ['2']}}");
    write("other.json5", "{}");
    assertThat(read().refusals())
        .extracting(RejectedCandidate::where)
        .containsExactly("other.json5");
  }

  @Test
  @DisplayName("Settings beside an include have precedence, and included settings apply")
  void precedence() throws Exception {
    write(
        "openclaw.json",
        "{channels: {telegram: {$include: 'shut.json5', accounts: {b: {dmPolicy: 'allowlist'}}}}}");
    write("shut.json5", "{dmPolicy: 'disabled', allowFrom: ['1'], accounts: {a: {}, b: {}}}");
    SourceContents findings = read();
    assertThat(senders(findings)).containsExactly("b 1");
    assertThat(findings.refusals())
        .filteredOn(one -> one.what().equals("1"))
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).isEqualTo("dmPolicy is disabled in OpenClaw"));
  }

  static Stream<Arguments> notFollowed() {
    return Stream.of(
        arguments("'../outside.json5'", "it is not below the source"),
        arguments("'parts/../../outside.json5'", "it is not below the source"),
        arguments("'/etc/hostname'", "it is not below the source"),
        arguments("'a\\0b'", "it is not below the source"),
        arguments("'../home-2/a.json5'", "it is not below the source"),
        arguments("'openclaw.json'", "it includes itself"),
        arguments("'cycle.json5'", "it includes itself"),
        arguments("'missing.json5'", "there is no such file"),
        arguments("'.'", "there is no such file"),
        arguments("''", "there is no such file"),
        arguments("'~/x.json5'", "there is no such file"),
        arguments("'${INCLUDE}'", "there is no such file"),
        arguments("'link.json5'", "it is a link"),
        arguments("'linked/outside.json5'", "it is a link"),
        arguments("7", "it is not a path"),
        arguments("{a: 1}", "it is not a path"),
        arguments("['fine.json5', '../outside.json5']", "it is not below the source"),
        arguments("'list.json'", "it contains no object"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notFollowed")
  @DisplayName("An include that is not followed is named, and its settings admit nobody")
  void names(String include, String reason) throws Exception {
    write("openclaw.json", "{channels: {telegram: {$include: " + include + ", allowFrom: ['1']}}}");
    write("cycle.json5", "{$include: 'cycle-2.json5'}");
    write("cycle-2.json5", "{accounts: {a: {$include: 'cycle.json5'}}}");
    write("fine.json5", "{}");
    write("list.json", "['2']");
    write("credentials/telegram-allowFrom.json", "{\"allowFrom\":[\"3\"]}");
    Files.createSymbolicLink(home.resolve("link.json5"), directory.resolve("outside.json5"));
    Files.createSymbolicLink(home.resolve("linked"), directory);
    SourceContents findings = read();
    if (include.equals("'cycle.json5'")) {
      assertThat(senders(findings)).doesNotContain("a 1");
    } else {
      assertThat(senders(findings)).isEmpty();
      assertThat(findings.refusals())
          .filteredOn(one -> one.reason().contains("include a file that is not read"))
          .extracting(RejectedCandidate::what)
          .containsExactlyInAnyOrder("1", "3");
    }
    assertThat(findings.refusals())
        .anyMatch(one -> one.what().startsWith("$include ") && one.reason().startsWith(reason));
  }

  @Test
  @DisplayName("Another channel than that of the missing file is imported")
  void others() throws Exception {
    write(
        "openclaw.json",
        "{channels: {telegram: {$include: 'missing.json5'}, discord: {allowFrom: ['1']}}}");
    assertThat(senders(read())).containsExactly("default 1");
  }

  @Test
  @DisplayName("An include that does not concern channels is not read")
  void irrelevant() throws Exception {
    write(
        "openclaw.json",
        "{agents: {$include: '../outside.json5'}, channels: {telegram: {allowFrom: ['1']}}}");
    SourceContents findings = read();
    assertThat(senders(findings)).containsExactly("default 1");
    assertThat(findings.refusals()).isEmpty();
  }

  @Test
  @DisplayName("An absolute path below the source is read, also if the source is a link")
  void absolute() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), home);
    write("openclaw.json", "{channels: {$include: '" + link.resolve("a.json5") + "'}}");
    write("a.json5", "{telegram: {allowFrom: ['1']}}");
    SourceContents findings = new SourceContents(null, null, MovableClock.START);
    ImportSources.named("openclaw").read(link, findings);
    assertThat(senders(findings)).containsExactly("default 1");
  }

  @Test
  @DisplayName("More than ten files that include each other are not followed")
  void depth() throws Exception {
    write("openclaw.json", "{channels: {$include: '1.json5'}}");
    for (int i = 1; i < 20; i++) {
      write(i + ".json5", "{$include: '" + (i + 1) + ".json5'}");
    }
    write("20.json5", "{telegram: {allowFrom: ['1']}}");
    SourceContents findings = read();
    assertThat(senders(findings)).isEmpty();
    assertThat(findings.refusals())
        .filteredOn(one -> one.what().startsWith("$include"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.where()).isEqualTo("10.json5");
              assertThat(one.reason()).isEqualTo("more than 10 files include each other");
            });
  }

  @Test
  @DisplayName("Files that include each other many times stop the import")
  void many() throws Exception {
    write("openclaw.json", "{channels: {$include: '1.json5'}}");
    for (int i = 1; i < 10; i++) {
      String next = "'" + (i + 1) + ".json5', ";
      write(i + ".json5", "{$include: [" + next.repeat(10) + "]}");
    }
    write("10.json5", "{telegram: {allowFrom: ['1']}}");
    assertThatThrownBy(this::read)
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("more than 1,000 files");
  }

  @Test
  @DisplayName("An included file that is not JSON5 stops the import")
  void malformed() throws Exception {
    write("openclaw.json", "{channels: {$include: 'a.json5'}}");
    write("a.json5", "{telegram: ");
    assertThatThrownBy(this::read)
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("a.json5 is not JSON5");
  }
}
