package dev.nexo.pairing.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Placeholders in import sources")
class PlaceholderTest {

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "${OWNER_PHONE}, a shell or OpenClaw variable",
    "$${OWNER_PHONE}, an escaped variable",
    "'${OWNER:-+15550001111}', a variable with a default",
    "+${OWNER_PHONE}, a variable behind a plus",
    "tg:${OWNER_ID}, a variable behind a prefix",
    "$OWNER, a variable without braces",
    "+$owner, such a variable behind a plus",
    "$1, a positional variable",
    "$(cat owner), a command",
    "{{owner}}, a template of Jinja or Helm",
    "{{ .Values.owner }}, a template with spaces",
    "{owner}, a format string",
    "#{owner}, Ruby",
    "@{owner}, a workflow expression",
    "{% owner %}, a template tag",
    "%OWNER%, a Windows variable",
    "%(owner)s, Python",
    "%s, a format string of C",
    "<your number>, angle brackets",
    "<PHONE>, one word in them",
    "<%= owner %>, ERB",
    "[your number], square brackets",
    "(your number), round brackets",
    "YOUR_PHONE, a variable by name",
    "+YOUR_PHONE, the same behind a plus",
    "OWNER_PHONE, an environment variable",
    "TELEGRAM_USER_ID_2, one with a number",
    "your_phone, the same in small letters",
    "@your_username, the example of many guides",
    "your-telegram-id-here, with dashes",
    "yourPhone, camel case",
    "yourusername, in one word",
    "YOUR NUMBER HERE, words",
    "CHANGE_ME, a marker",
    "changeme, a marker in one word",
    "REPLACE-ME, a marker with a dash",
    "insert phone number, an instruction",
    "phone_number, the name of a field",
    "+1XXXXXXXXXX, a number with X",
    "+1 555 xxx xxxx, the same in groups",
    "+1-###-###-####, a form",
    "+1555..., an ellipsis",
    "env:OWNER, a reference to the environment",
    "op://vault/owner/phone, a reference to a secret",
    "!ENV OWNER, a YAML tag",
    "process.env.OWNER, an expression",
    "__OWNER__, a build variable",
    "@@OWNER@@, another one",
    "@OWNER@, of Maven and autoconf",
    "'#OWNER#', of other build tools",
    "env.OWNER_PHONE, a variable of a workflow",
    "vars.owner, another one",
    "secrets.OWNER, a secret of a workflow",
    "owner, a role",
    "@owner, a role like a user name",
    "Admin, another role",
    "me, the person who wrote the file",
    "everyone, a group of people",
    "@all, another group",
    "nobody, none of them",
    "N/A, not available",
    "n.a., the same",
    "-, a dash for nothing",
    "?, a question",
    "null, what a template leaves",
    "undefined, what a script leaves",
    "None, what Python leaves",
    "[object Object], what a script makes of an object",
    "TODO, a note",
    "＄｛OWNER｝, full-width signs"
  })
  @DisplayName("A placeholder is recognized")
  void placeholders(String text, String why) {
    assertThat(Placeholder.matches(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+15550001111",
        "+1 (555) 000-1111",
        "15550001111@s.whatsapp.net",
        "15550001111:12@s.whatsapp.net",
        "130631430344750@lid",
        "120363000000000000@g.us",
        "412345678",
        "-1001234567890",
        "@Ana_Maria",
        "@ana_165",
        "Ana",
        "ana.maria@example.com",
        "me@example.com",
        "user@example.org",
        "ana+bot@example.com",
        "@ana:example.org",
        "@_bridge_ana:example.org",
        "ana!~ana@host.example",
        "ana|away",
        "<@U0123ABCD>",
        "U0123ABCD",
        "184200000000000001",
        "29:1bNd-xk_pZ",
        "8:orgid:0a1b2c3d-0000-4000-8000-000000000000",
        "users/123456",
        "user_id:123",
        "uuid:0a1b2c3d-0000-4000-8000-000000000000",
        "username:ana.01",
        "npub1qqqsyqcyq5rqwzqf",
        "owner_ana",
        "all4one",
        "@Some_Body",
        "na",
        "env.ana@example.com",
        "#ana",
        "~zod",
        "ou_7d8a6e6df7621556ce0d21922b676706",
        "%C3%A4na",
        "*"
      })
  @DisplayName("A sender is not a placeholder")
  void senders(String text) {
    assertThat(Placeholder.matches(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "openclaw, credentials/signal-allowFrom.json, '{\"allowFrom\":[\"${OWNER_PHONE}\"]}'",
    "openclaw, openclaw.json, '{channels: {signal: {allowFrom: [\"${OWNER_PHONE}\"]}}}'",
    "openclaw, openclaw.json, '{channels: {telegram: {allowFrom: [\"tg:${OWNER_PHONE}\"]}}}'",
    "hermes, pairing/signal-approved.json, '{\"${OWNER_PHONE}\":{}}'",
    "hermes, profiles/work/pairing/whatsapp-approved.json, '{\"${OWNER_PHONE}\":{}}'",
    "nanobot, pairing.json, '{\"approved\":{\"signal\":[\"${OWNER_PHONE}\"]}}'",
    "nanobot, config.json, '{\"channels\":{\"x\":{\"allow_from\":[\"${OWNER_PHONE}\"]}}}'",
    "csv, people.csv, 'channel,sender_id\nsignal,${OWNER_PHONE}\n'"
  })
  @DisplayName("No importer imports a placeholder")
  void importers(String source, String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    SourceContents findings = new SourceContents(null, null, MovableClock.START);
    ImportSources.named(source).read(source.equals("csv") ? file : directory, findings);
    assertThat(findings.candidates()).isEmpty();
    assertThat(findings.refusals())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.line())
                    .contains("${OWNER_PHONE} is not imported: it looks like a placeholder"));
  }
}
