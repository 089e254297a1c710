package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Configuration validator")
class ConfigurationValidatorTest {

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PAIRING_SETUP_CODE_DEFAULT_TTL_SECS | soon | pairing.setup_code.default_ttl_secs",
        "PAIRING_SETUP_CODE_DEFAULT_TTL_SECS | 0 | pairing.setup_code.default_ttl_secs",
        "PAIRING_SESSION_TTL_SECS | 1.5 | pairing.session_ttl_secs",
        "PAIRING_PUBLIC_URL | ftp://a | pairing.public_url",
        "PAIRING_WS_CLEARTEXT_ALLOW | a,b:80 | pairing.ws_cleartext_allow",
        "PAIRING_POLICY_AUTO_CHALLENGE | ture | pairing.policy.auto_challenge",
        "PAIRING_BROKER_URL | localhost | pairing.broker.url",
        "PAIRING_BUS_SERVICE | maybe | pairing.bus.service",
        "PAIRING_BUS_FORWARD_PREFIX | a.* | pairing.bus.forward_prefix",
        "PAIRING_SECURITY_ACCOUNTS | none | pairing.security.accounts",
        "PAIRING_OPERATOR_PASSWORD | short | pairing.operator.password",
        "PAIRING_TRUSTED_PROXIES | proxy.example | pairing.trusted_proxies",
        "PAIRING_POLICY_WHATSAPP_A_AUTO_CHALLENGE | ja | PAIRING_POLICY_WHATSAPP_A_AUTO_CHALLENGE",
        "PAIRING_CHANNELS_MY_BOT_PASSWORD | short | PAIRING_CHANNELS_MY_BOT_PASSWORD",
        "PAIRING_ADAPTERS_SIGNAL_BROKER_PREFIX | a..b | PAIRING_ADAPTERS_SIGNAL_BROKER_PREFIX",
      })
  @DisplayName("An invalid environment variable is refused and named")
  void badVariable(String variable, String value, String key) {
    assertThatThrownBy(Given.environment(variable, value)::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(key + ": expected ")
        .hasMessageEndingWith("(environment variable " + variable + ")");
  }

  @Test
  @DisplayName("An invalid system property is refused and named")
  void badProperty() {
    assertThatThrownBy(Given.nothing().andProperty("pairing.session_ttl_secs", "x")::read)
        .hasMessageEndingWith("(system property pairing.session_ttl_secs)");
    String name = "pairing.policy.What.a.auto_challenge";
    assertThatThrownBy(Given.nothing().andProperty(name, "true")::read)
        .hasMessageStartingWith(name + ": expected a name of 1 to 32");
  }

  @Test
  @DisplayName("A variable that uses the operator's name for a channel is refused")
  void operatorAsChannel() {
    assertThatThrownBy(Given.environment("PAIRING_CHANNELS_OPERATOR_PASSWORD", "long enough")::read)
        .hasMessageContaining("this name is reserved for the operator; choose another one");
  }

  @Test
  @DisplayName("Unknown variables and properties are ignored")
  void unknownVariables() {
    Given given =
        Given.environment("PAIRING_COLOUR", "red")
            .andEnvironment("PAIRING_CONFIG", "x")
            .andProperty("pairing.other", "y");
    assertThatCode(given::read).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "username: a | pairing.broker.username: requires pairing.broker.password; set both",
        "password: a | pairing.broker.password: requires pairing.broker.username; set both",
        "username: a, password: b, token: c | pairing.broker.token: cannot be set together with"
            + " pairing.broker.username; keep one",
        "token: a, nkey_seed_path: b | pairing.broker.nkey_seed_path: cannot be set together with"
            + " pairing.broker.token; keep one",
        "nkey_seed_path: a, credentials_path: b | pairing.broker.credentials_path: cannot be set"
            + " together with pairing.broker.nkey_seed_path; keep one",
        "url: 'nats://t@a', token: b | pairing.broker.token: cannot be set together with the"
            + " login in pairing.broker.url; keep one",
        "tls: {cert_path: a} | pairing.broker.tls.cert_path: requires pairing.broker.tls.key_path;"
            + " set both",
        "tls: {key_path: a} | pairing.broker.tls.key_path: requires pairing.broker.tls.cert_path;"
            + " set both",
      },
      quoteCharacter = '`')
  @DisplayName("Conflicting broker settings are refused")
  void brokerConflicts(String broker, String message) {
    assertThatThrownBy(Given.yaml("pairing: {broker: {" + broker + "}}")::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message + " (")
        .hasMessageEndingWith(".yaml, line 1)");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "url: 'jdbc:postgresql://h/d', jndi: a | pairing.storage.jndi: cannot be set together with"
            + " pairing.storage.url; keep one",
        "url: 'jdbc:postgresql://h/d', username: a | pairing.storage.username: requires"
            + " pairing.storage.password; set both",
        "username: a, password: b | pairing.storage.username: requires pairing.storage.url; set"
            + " both",
        "jndi: a, username: a, password: b | pairing.storage.username: requires"
            + " pairing.storage.url; set both",
      },
      quoteCharacter = '`')
  @DisplayName("Conflicting database settings are refused")
  void storageConflicts(String storage, String message) {
    assertThatThrownBy(Given.yaml("pairing: {storage: {" + storage + "}}")::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message + " (")
        .hasMessageEndingWith(".yaml, line 1)");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bus: {service: true} | pairing.bus.service: requires pairing.broker.url, because it uses"
            + " NATS",
        "bus: {forward_prefix: agents} | pairing.bus.forward_prefix: requires pairing.broker.url,"
            + " because it uses NATS",
        "adapters: {signal: {broker_prefix: a}} | pairing.adapters.signal.broker_prefix: requires"
            + " pairing.broker.url, because it uses NATS",
      },
      quoteCharacter = '`')
  @DisplayName("A setting that needs NATS requires pairing.broker.url")
  void needsBroker(String settings, String message) {
    assertThatThrownBy(Given.yaml("pairing: {" + settings + "}")::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message + " (")
        .hasMessageEndingWith(".yaml, line 1)");
    String broker = "pairing: {broker: {url: 'nats://a'}, ";
    assertThatCode(Given.yaml(broker + settings + "}")::read).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path: a, url: 'jdbc:postgresql://h/d'",
        "url: 'jdbc:postgresql://h/d', username: a, password: b",
        "jndi: jdbc/pairing",
      })
  @DisplayName("Each way to configure the database is accepted")
  void storageVariants(String storage) {
    assertThatCode(Given.yaml("pairing: {storage: {" + storage + "}}")::read)
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "username: a, password: b",
        "token: a",
        "nkey_seed_path: a",
        "credentials_path: a",
        "url: 'nats://user:word@a, tls://b:4222'",
        "tls: {ca_path: a}",
        "tls: {cert_path: a, key_path: b}, token: c",
      })
  @DisplayName("Each way to log in to the broker is accepted")
  void brokerVariants(String broker) {
    assertThatCode(Given.yaml("pairing: {broker: {" + broker + "}}")::read)
        .doesNotThrowAnyException();
  }
}
