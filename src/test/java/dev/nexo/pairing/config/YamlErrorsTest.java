package dev.nexo.pairing.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Errors in a configuration file")
class YamlErrorsTest {

  private static Arguments row(String reason, String yaml, String... parts) {
    return Arguments.of(reason, yaml, parts);
  }

  static Stream<Arguments> faults() {
    String whole = "whole number of seconds from 1 to 86400";
    String ttl = "pairing.setup_code.default_ttl_secs: expected a " + whole;
    String session = "pairing.session_ttl_secs: expected a whole number of seconds";
    return Stream.of(
        row("not a mapping: a text", "pairing", "expected a mapping, with pairing:"),
        row("not a mapping: a list", "[1, 2]", "expected a mapping, with pairing:"),
        row("two documents", "pairing:\n---\npairing:\n", "not valid YAML at line 2"),
        row("unknown at the top", "paring: {public_url: a}", "paring.public_url: unknown key"),
        row("unknown, no value", "other:", "other: unknown key (", ", line 1)"),
        row(
            "unknown, near",
            "pairing:\n  public_ulr: ws://localhost\n",
            "pairing.public_ulr: unknown key; did you mean pairing.public_url?",
            ", line 2)"),
        row(
            "unknown, nested",
            "pairing: {storage: {pth: a}}",
            "pairing.storage.pth: unknown key; did you mean pairing.storage.path?"),
        row(
            "unknown, a whole branch",
            "pairing: {storag: {path: a}}",
            "pairing.storag.path: unknown key; did you mean pairing.storage.path?"),
        row(
            "unknown, below names",
            "pairing: {policy: {whatsapp: {work: {autochallenge: true}}}}",
            "pairing.policy.whatsapp.work.autochallenge: unknown key",
            "did you mean pairing.policy.whatsapp.work.auto_challenge?"),
        row("unknown, far", "pairing: {colour: red}", "pairing.colour: unknown key ("),
        row("unknown, another's", "pairing: {ui: {}}", "pairing.ui: unknown key"),
        row(
            "no account",
            "pairing: {policy: {whatsapp: {auto_challenge: true}}}",
            "pairing.policy.whatsapp.auto_challenge: expected keys below it, such as"
                + " pairing.policy.<channel>.<account>.auto_challenge"),
        row("a text for a branch", "pairing: {storage: a}", "pairing.storage: expected keys below"),
        row("a list for a branch", "pairing: [storage]", "pairing: expected keys below it"),
        row(
            "a branch for a text",
            "pairing: {public_url: {a: b}}",
            "pairing.public_url: expected a"),
        row("an empty branch for a text", "pairing: {public_url: {}}", "pairing.public_url: exp"),
        row("text for a number", "pairing: {setup_code: {default_ttl_secs: \"60\"}}", ttl),
        row("a fraction", "pairing: {setup_code: {default_ttl_secs: 1.5}}", ttl),
        row("a boolean for a number", "pairing: {setup_code: {default_ttl_secs: true}}", ttl),
        row("a list for a number", "pairing: {setup_code: {default_ttl_secs: [60]}}", ttl),
        row("zero", "pairing: {setup_code: {default_ttl_secs: 0}}", ttl),
        row("less than zero", "pairing: {setup_code: {default_ttl_secs: -60}}", ttl),
        row("more than a day", "pairing: {setup_code: {default_ttl_secs: 86401}}", ttl),
        row("an octal number", "pairing: {setup_code: {default_ttl_secs: 010}}", ttl),
        row("a time of day", "pairing: {setup_code: {default_ttl_secs: 1:00}}", ttl),
        row("far too large", "pairing: {session_ttl_secs: 99999999999999999999}", session),
        row("more than ten years", "pairing: {session_ttl_secs: 315360001}", session),
        row("a duration in words", "pairing: {session_ttl_secs: 24h}", session),
        row(
            "a number for a text",
            "pairing: {public_url: 12}",
            "pairing.public_url: expected a URL such as wss://nexo.example.com/pair",
            "written as a string in quotes"),
        row("a list for a text", "pairing: {public_url: [a]}", "pairing.public_url: expected"),
        row("no URL", "pairing: {public_url: nexo}", "pairing.public_url: expected a URL"),
        row(
            "text for a boolean",
            "pairing: {policy: {auto_challenge: \"true\"}}",
            "pairing.policy.auto_challenge: expected true or false, written as",
            "without quotes"),
        row(
            "a misspelt boolean",
            "pairing: {policy: {auto_challenge: ture}}",
            "pairing.policy.auto_challenge: expected true or false"),
        row(
            "a text for a list",
            "pairing: {ws_cleartext_allow: kitchen-pi.local}",
            "pairing.ws_cleartext_allow: expected host names",
            "written as a list of strings"),
        row(
            "a list in a list",
            "pairing: {ws_cleartext_allow: [[a]]}",
            "pairing.ws_cleartext_allow: expected host names"),
        row(
            "a wildcard host",
            "pairing: {ws_cleartext_allow: [\"*.local\"]}",
            "pairing.ws_cleartext_allow: expected host names"),
        row(
            "a bad network",
            "pairing: {trusted_proxies: [10.0.0.0/33]}",
            "pairing.trusted_proxies: expected IP addresses or CIDR blocks"),
        row(
            "a bad choice",
            "pairing: {security: {accounts: ldap}}",
            "pairing.security.accounts: expected builtin or server"),
        row(
            "a loop on the bus",
            "pairing: {bus: {forward_prefix: plugin.inbound.ok}}",
            "pairing.bus.forward_prefix: expected a NATS subject"),
        row(
            "a channel in capitals",
            "pairing: {adapters: {Signal: {broker_prefix: a}}}",
            "pairing.adapters.Signal.broker_prefix: expected a name of 1 to 32 characters a-z"),
        row(
            "an account with two dots",
            "pairing: {policy: {whatsapp: {a..b: {auto_challenge: true}}}}",
            "pairing.policy.whatsapp.a..b.auto_challenge: expected an account"),
        row(
            "the operator as a channel",
            "pairing: {channels: {operator: {password: 'long enough'}}}",
            "pairing.channels.operator.password: this name is reserved for the operator"),
        row(
            "a short password",
            "pairing: {operator: {password: 'short'}}",
            "pairing.operator.password: expected at least 8 characters"),
        row(
            "a blank password",
            "pairing: {operator: {password: '           '}}",
            "pairing.operator.password: expected at least 8 characters"),
        row(
            "an empty password",
            "pairing: {channels: {bot: {password: ''}}}",
            "pairing.channels.bot.password: expected at least 8 characters"),
        row(
            "a number for a password",
            "pairing: {operator: {password: 1234567890}}",
            "pairing.operator.password: expected at least 8 characters",
            "written as a string in quotes"),
        row(
            "NUL in a text",
            "pairing: {storage: {path: \"a\\0b\"}}",
            "pairing.storage.path: expected the path of a file"),
        row("NUL in the file", "pairing: a\0b", "contains a control character at position 11"),
        row("YAML's grammar", "pairing: {public_url: [", "not valid YAML at line 1, column 24"),
        row("a tab", "pairing:\n\tpublic_url: a\n", "indent with spaces, not with tabs"),
        row("a key twice", "pairing:\n  bus:\n  bus:\n", "pairing.bus: duplicate key", "line 3"),
        row(
            "a key twice, nested and dotted",
            "pairing.session_ttl_secs: 5\npairing: {session_ttl_secs: 6}",
            "pairing.session_ttl_secs: duplicate key"),
        row("a class", "pairing: {public_url: !!java.net.URL [a]}", "not valid YAML at line 1"),
        row("a tag", "pairing: {public_url: !url wss://a}", "pairing.public_url: expected a URL"),
        row("a list as a key", "pairing: {? [a] : b}", "pairing: expected plain keys below it"),
        row("itself", "pairing: &a {storage: *a}", "pairing: contains itself"),
        row("a merge key", "pairing: {<<: {public_url: a}}", "pairing.…: unknown key"),
        row("an alias bomb", bomb(), "more than 10 aliases"),
        row("very deep", "pairing: " + "[".repeat(5000), "more than 10 aliases or 20 levels"));
  }

  private static String bomb() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String last = ("*a" + (i - 1) + ", ").repeat(9);
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, last.substring(0, last.length() - 2)));
    }
    return yaml.toString();
  }

  @ParameterizedTest(name = "for {0}")
  @MethodSource("faults")
  @DisplayName("An invalid file is refused in one line that says what is expected")
  void invalid(String reason, String yaml, String[] parts) {
    assertThatThrownBy(Given.yaml(yaml)::read)
        .as(reason)
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains(parts)
        .contains(".yaml")
        .hasLineCount(1);
  }

  @Test
  @DisplayName("A file that is not UTF-8 is refused")
  void refusesOtherEncodings() {
    Path file = Given.file("pairing: {public_url: wss://müller.example}".getBytes(ISO_8859_1));
    assertThatThrownBy(Given.files(file)::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  @DisplayName("A file larger than 1 MiB is refused")
  void refusesLargeFiles() {
    Path file = Given.file("#\n".repeat(600_000).getBytes(UTF_8));
    assertThatThrownBy(Given.files(file)::read).hasMessage(file + ": larger than 1 MiB");
  }

  @Test
  @DisplayName("A missing file that is named explicitly is refused")
  void refusesMissingFiles() {
    Path file = Path.of("no", "such.yaml");
    assertThatThrownBy(Given.files(file)::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + ": file not found; create it or correct PAIRING_CONFIG");
  }

  @Test
  @DisplayName("A directory is refused")
  void refusesDirectories() {
    assertThatThrownBy(Given.files(Path.of("src"))::read).hasMessageStartingWith("src: cannot be");
  }

  @Test
  @DisplayName("The constructor keeps the error for later instead of throwing")
  void keepsTheFault() {
    YamlConfigSource source = Given.yaml("pairing: {session_ttl_secs: 5}", "other: 1").source();
    assertThat(source.fault()).isPresent();
    assertThat(source.getProperties()).isEmpty();
  }
}
