package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Names of environment variables")
class VariableNamesTest {

  private static String variable(SettingKey key) {
    String path = key.path().replace("<language>", "es");
    return SettingKey.environmentName(
        path.replace("<channel>", "whatsapp")
            .replace("<account>", "support_bot")
            .replace("<name>", "whatsapp"));
  }

  /** One wrong, missing, surplus or transposed character at each place after the prefix. */
  private static List<String> typos(String variable) {
    List<String> typos = new ArrayList<>();
    for (int i = "PAIRING_".length(); i < variable.length(); i++) {
      String before = variable.substring(0, i);
      String after = variable.substring(i + 1);
      typos.add(before + after);
      typos.add(before + 'X' + after);
      typos.add(before + 'X' + variable.substring(i));
      if (!after.isEmpty()) {
        typos.add(before + after.charAt(0) + variable.charAt(i) + after.substring(1));
      }
    }
    return typos;
  }

  @ParameterizedTest
  @EnumSource(SettingKey.class)
  @DisplayName("Every key is known, and is recognized with one typo at any place")
  void everyKey(SettingKey key) {
    String right = variable(key);
    assertThat(VariableNames.isKnown(right)).isTrue();
    assertThat(VariableNames.meant(right)).isEmpty();
    assertThat(VariableNames.isForeign(right)).isFalse();
    // A typo within a name makes another name, which is known.
    assertThat(typos(right).stream().filter(typo -> !VariableNames.isKnown(typo)))
        .isNotEmpty()
        .allSatisfy(typo -> assertThat(VariableNames.meant(typo)).as(typo).isPresent());
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PAIRING_POLICY_AUTO_CHALENGE | PAIRING_POLICY_AUTO_CHALLENGE | a missing letter",
        "PAIRING_POLICY_AUTO_CHALLANGE | PAIRING_POLICY_AUTO_CHALLENGE | a wrong letter",
        "PAIRING_POLICY_AUTO_CAHLLENGE | PAIRING_POLICY_AUTO_CHALLENGE | transposed letters",
        "PAIRING_POLICY_AUTO_CHALLENGES | PAIRING_POLICY_AUTO_CHALLENGE | a plural",
        "PAIRING_POLICY_AUTOCHALLENGE | PAIRING_POLICY_AUTO_CHALLENGE | a missing underscore",
        "PAIRING__POLICY__AUTO_CHALLENGE | PAIRING_POLICY_AUTO_CHALLENGE | doubled underscores",
        "PAIRING_SETUPCODE_DEFAULTTTLSECS | PAIRING_SETUP_CODE_DEFAULT_TTL_SECS | none inside",
        "PAIRING_AUTO_CHALLENGE | PAIRING_POLICY_AUTO_CHALLENGE | the section left out",
        "PAIRING_DEFAULT_TTL_SECS | PAIRING_SETUP_CODE_DEFAULT_TTL_SECS | the section left out",
        "Pairing_Policy_Auto_Challenge | PAIRING_POLICY_AUTO_CHALLENGE | a case that is not read",
        "PARING_POLICY_AUTO_CHALLENGE | PAIRING_POLICY_AUTO_CHALLENGE | a typo in the prefix",
        "PAIRING_POLICIY_WHATSAPP_A_AUTO_CHALLENGE"
            + " | PAIRING_POLICY_<CHANNEL>_<ACCOUNT>_AUTO_CHALLENGE | before the names",
        "PAIRING_POLICY_WHATSAPP_A_AUTO_CHALENGE"
            + " | PAIRING_POLICY_<CHANNEL>_<ACCOUNT>_AUTO_CHALLENGE | behind the names",
        "pairing_policy_whatsapp_a_auto_challenge"
            + " | PAIRING_POLICY_<CHANNEL>_<ACCOUNT>_AUTO_CHALLENGE | lower case",
        "PAIRING_CHANNEL_WHATSAPP_PASSWORD | PAIRING_CHANNELS_<NAME>_PASSWORD | a singular",
        "PAIRING_ADAPTERS_SIGNAL_BROKER_PREFX | PAIRING_ADAPTERS_<CHANNEL>_BROKER_PREFIX | a typo",
        "PAIRING_TRUSTED_PROXY | PAIRING_TRUSTED_PROXIES | a singular",
        "PAIRING_STORAGE_USER_NAME | PAIRING_STORAGE_USERNAME | like a variable of a Docker link",
        "PAIRING_CONFG | PAIRING_CONFIG | the list of files",
        "PAIRING_WHATSAPP_DEFAULT_AUTO_CHALLENGE"
            + " | PAIRING_POLICY_<CHANNEL>_<ACCOUNT>_AUTO_CHALLENGE | no section before an account",
        "PAIRING_WHATSAPP_AUTO_CHALLENGE"
            + " | PAIRING_POLICY_<CHANNEL>_<ACCOUNT>_AUTO_CHALLENGE | no account either",
        "PAIRING_POLICY_WHATSAPP_DEFAULT_CHALLENGE_AUTO"
            + " | PAIRING_POLICY_<CHANNEL>_<ACCOUNT>_AUTO_CHALLENGE | another order at the end",
        "PAIRING_POLICY_AUTO_CHALLENGE_WHATSAPP_DEFAULT"
            + " | PAIRING_POLICY_<CHANNEL>_<ACCOUNT>_AUTO_CHALLENGE | the account at the end",
        "PAIRING_WHATSAPP_DEFAULT_GROUPS"
            + " | PAIRING_POLICY_<CHANNEL>_<ACCOUNT>_GROUPS | no section, one word",
        "PAIRING_GROUPS | PAIRING_POLICY_GROUPS | one word of the policy",
        "PAIRING_CHALLENGE_AUTO | PAIRING_POLICY_AUTO_CHALLENGE | no section, another order",
        "PAIRING_POLICY_CHALLENGE_AUTO | PAIRING_POLICY_AUTO_CHALLENGE | another order",
        "PAIRING_BUS_PREFIX | PAIRING_BUS_FORWARD_PREFIX | a word left out",
        "PAIRING_TTL_SECS_SESSION | PAIRING_SESSION_TTL_SECS | an order of three words",
      })
  @DisplayName("A variable that is nearly a key stops the start")
  void nearly(String variable, String meant, String reason) {
    assertThatThrownBy(Given.environment(variable, "true")::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "%s: unknown variable; did you mean %s? (environment variable %s)",
            variable, meant, variable);
    assertThat(Given.environment(variable, " ").read()).as("an empty one").isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Kubernetes, for a service "pairing"
        "PAIRING_SERVICE_HOST",
        "PAIRING_SERVICE_PORT",
        "PAIRING_SERVICE_PORT_HTTP",
        "PAIRING_SERVICE_PORT_HTTPS_CONSOLE",
        "PAIRING_PORT",
        "PAIRING_PORT_9080_TCP",
        "PAIRING_PORT_9080_TCP_PROTO",
        "PAIRING_PORT_9080_TCP_PORT",
        "PAIRING_PORT_9080_TCP_ADDR",
        "PAIRING_PORT_53_UDP",
        "PAIRING_PORT_53_UDP_ADDR",
        "PAIRING_PORT_132_SCTP",
        // for services "pairing-bus", "pairing-broker", "pairing-storage" and "pairing-nats"
        "PAIRING_BUS_SERVICE_HOST",
        "PAIRING_BUS_SERVICE_PORT",
        "PAIRING_BUS_PORT_4222_TCP_ADDR",
        "PAIRING_BROKER_PORT",
        "PAIRING_BROKER_SERVICE_PORT_CLIENT",
        "PAIRING_BROKER_PORT_4222_TCP",
        "PAIRING_STORAGE_SERVICE_HOST",
        "PAIRING_STORAGE_PORT_5432_TCP_PORT",
        "PAIRING_NATS_PORT_4222_TCP_PROTO",
        // Docker, for a linked container "pairing" or "pairing_1"
        "PAIRING_NAME",
        "PAIRING_1_NAME",
        "PAIRING_1_PORT_9080_TCP_ADDR",
        "PAIRING_PORT_9080_TCP_PORT_START",
        "PAIRING_PORT_9081_TCP_PORT_END",
        "PAIRING_ENV_PATH",
        "PAIRING_ENV_JAVA_HOME",
      })
  @DisplayName("The variables of orchestrators are foreign: no error and no warning")
  void foreign(String variable) {
    EffectiveConfig config = Given.environment(variable, "tcp://10.0.0.1:9080").read();
    assertThat(new VariableCheck(config).examine()).allMatch(finding -> finding.id() == null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PAIRING_COLOUR",
        "PAIRING_VERSION",
        "PAIRING_URL",
        "PAIRING_DATABASE_URL",
        "PAIRING_PASSWORD",
        "PAIRING_SECRET",
        "PAIRING_POLICY",
        "PAIRING_WHATSAPP_DEFAULT",
        "PAIRING_HOME"
      })
  @DisplayName("Other unknown variables are named in a warning")
  void unknown(String variable) {
    EffectiveConfig config = Given.environment(variable, "hunter2").read();
    assertThat(new VariableCheck(config).examine())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("NXP-1091");
              assertThat(finding.text()).contains(variable).doesNotContain("hunter2");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PATH", "HOME", "PARKING_SPACE", "PAINTING_POLICY", "PAIR", "_", "NEXO_HOME"})
  @DisplayName("Variables of other programs are ignored")
  void others(String variable) {
    assertThat(VariableNames.meant(variable)).isEmpty();
    assertThat(VariableNames.isOurs(variable)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{policy: {whatsapp: {support_bot: {auto_challenge: true}, Support-Bot: {auto_challenge:"
            + " true}}}} | PAIRING_POLICY_WHATSAPP_SUPPORT_BOT_AUTO_CHALLENGE"
            + " | false | whatsapp:Support-Bot, whatsapp:support_bot",
        "{policy: {whatsapp: {support.bot: {auto_challenge: false}, support-bot: {auto_challenge:"
            + " true}}}} | PAIRING_POLICY_WHATSAPP_SUPPORT_BOT_AUTO_CHALLENGE"
            + " | true | whatsapp:support-bot, whatsapp:support.bot",
        "{policy: {my: {bot_a: {auto_challenge: true}}, my_bot: {a: {auto_challenge: true}}}}"
            + " | PAIRING_POLICY_MY_BOT_A_AUTO_CHALLENGE | false | my:bot_a, my_bot:a",
        "{channels: {my-bot: {password: one-of-two}, my_bot: {password: two-of-two}}}"
            + " | PAIRING_CHANNELS_MY_BOT_PASSWORD | long enough | my-bot, my_bot",
      })
  @DisplayName("A variable that fits two configured names stops the start")
  void ambiguous(String yaml, String variable, String value, String names) {
    assertThatThrownBy(Given.yaml("pairing: " + yaml).andEnvironment(variable, value)::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(variable + ": fits more than one name: " + names + "; remove");
    assertThat(Stream.of(Given.yaml("pairing: " + yaml).andEnvironment(variable, "").read()))
        .as("an empty variable")
        .hasSize(1);
  }
}
