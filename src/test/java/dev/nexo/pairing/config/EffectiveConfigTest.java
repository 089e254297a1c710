package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.ChannelAccount;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Effective configuration")
class EffectiveConfigTest {

  private static final String URL = "pairing.public_url";
  private static final Given FILE = Given.yaml("pairing: {public_url: wss://file.example}");

  @Test
  @DisplayName("The environment overrides the file")
  void environment() {
    Given given = FILE.andEnvironment("PAIRING_PUBLIC_URL", "wss://env.example");
    assertThat(given.read().text(URL)).hasValue("wss://env.example");
  }

  @Test
  @DisplayName("System properties override the environment")
  void systemProperties() {
    Given given =
        FILE.andEnvironment("PAIRING_PUBLIC_URL", "wss://env.example")
            .andProperty(URL, "wss://property.example");
    assertThat(given.read().text(URL)).hasValue("wss://property.example");
  }

  @Test
  @DisplayName("An empty value is treated as not set")
  void emptyValue() {
    assertThat(FILE.andEnvironment("PAIRING_PUBLIC_URL", "").read().text(URL))
        .hasValue("wss://file.example");
    assertThat(FILE.andEnvironment("PAIRING_PUBLIC_URL", "  ").read().text(URL))
        .hasValue("wss://file.example");
    assertThat(Given.environment("PAIRING_PUBLIC_URL", "").read().text(URL)).isEmpty();
    assertThat(Given.yaml("pairing: {public_url: ''}").read().text(URL)).isEmpty();
  }

  @Test
  @DisplayName("An empty variable does not switch the policy off")
  void emptyPolicy() {
    Given given =
        Given.yaml("pairing: {policy: {auto_challenge: true}}")
            .andEnvironment("PAIRING_POLICY_AUTO_CHALLENGE", "");
    assertThat(
            new ConfiguredPolicies(given.read()).autoChallenge(new ChannelAccount("whatsapp", "a")))
        .isTrue();
  }

  @Test
  @DisplayName("A reference is replaced by the value of its variable")
  void references() {
    Given given =
        Given.yaml(
            "pairing: {operator: {password: \"${THE_SECRET}\"}, session_ttl_secs: \"${T}\"}");
    EffectiveConfig config =
        given.andEnvironment("THE_SECRET", "from-elsewhere").andEnvironment("T", "77").read();
    assertThat(config.secret("pairing.operator.password")).hasValue("from-elsewhere");
    assertThat(config.text("pairing.session_ttl_secs")).hasValue("77");
  }

  @Test
  @DisplayName("A reference to a missing variable is refused")
  void missingReference() {
    assertThatThrownBy(Given.yaml("pairing: {operator: {password: \"ab${NONE}\"}}")::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("pairing.operator.password: ${…} refers to a name that is not set");
  }

  @Test
  @DisplayName("A bad reference is refused even below an empty variable")
  void referenceBelowEmpty() {
    Given given =
        Given.yaml("pairing: {public_url: \"${T}\"}").andEnvironment("PAIRING_PUBLIC_URL", "");
    assertThatThrownBy(given::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("environment variable PAIRING_PUBLIC_URL");
  }

  @Test
  @DisplayName("Secrets are kept exactly as written")
  void secretsAsWritten() {
    Given given = Given.yaml("pairing: {operator: {password: ' a$$b\\c, $d '}}");
    assertThat(given.read().secret("pairing.operator.password")).hasValue(" a$$b\\c, $d ");
  }

  @Test
  @DisplayName("Every other value is trimmed")
  void trims() {
    Given given =
        Given.environment("PAIRING_SESSION_TTL_SECS", " 90 ")
            .andEnvironment("PAIRING_TRUSTED_PROXIES", " 10.0.0.1 , ::1,");
    assertThat(given.read().text("pairing.session_ttl_secs")).hasValue("90");
    assertThat(given.read().list(SettingKey.TRUSTED_PROXIES)).containsExactly("10.0.0.1", "::1");
  }

  @Test
  @DisplayName("Nexo's home is found")
  void nexoHome() {
    Path home = TextRules.home();
    assertThat(Given.nothing().read().nexoHome()).isEqualTo(home.resolve(".nexo"));
    assertThat(Given.environment("NEXO_HOME", "~/elsewhere").read().nexoHome())
        .isEqualTo(home.resolve("elsewhere"));
    assertThat(Given.environment("NEXO_HOME", "").read().nexoHome())
        .isEqualTo(home.resolve(".nexo"));
  }
}
