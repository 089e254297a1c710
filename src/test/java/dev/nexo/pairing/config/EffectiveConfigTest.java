package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.ChannelAccount;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EffectiveConfigTest {

  private static final String URL = "pairing.public_url";
  private static final Given FILE = Given.yaml("pairing: {public_url: wss://file.example}");

  @Test
  void letsTheEnvironmentWinOverTheFile() {
    Given given = FILE.andEnvironment("PAIRING_PUBLIC_URL", "wss://env.example");
    assertThat(given.read().text(URL)).hasValue("wss://env.example");
  }

  @Test
  void letsSystemPropertiesWinOverTheEnvironment() {
    Given given =
        FILE.andEnvironment("PAIRING_PUBLIC_URL", "wss://env.example")
            .andProperty(URL, "wss://property.example");
    assertThat(given.read().text(URL)).hasValue("wss://property.example");
  }

  @Test
  void takesAnEmptyValueAsNotSetAndLooksFurtherDown() {
    assertThat(FILE.andEnvironment("PAIRING_PUBLIC_URL", "").read().text(URL))
        .hasValue("wss://file.example");
    assertThat(FILE.andEnvironment("PAIRING_PUBLIC_URL", "  ").read().text(URL))
        .hasValue("wss://file.example");
    assertThat(Given.environment("PAIRING_PUBLIC_URL", "").read().text(URL)).isEmpty();
    assertThat(Given.yaml("pairing: {public_url: ''}").read().text(URL)).isEmpty();
  }

  @Test
  void doesNotLetAnEmptyVariableSwitchThePolicyOff() {
    Given given =
        Given.yaml("pairing: {policy: {auto_challenge: true}}")
            .andEnvironment("PAIRING_POLICY_AUTO_CHALLENGE", "");
    assertThat(
            new ConfiguredPolicies(given.read()).autoChallenge(new ChannelAccount("whatsapp", "a")))
        .isTrue();
  }

  @Test
  void fillsInWhatAValueRefersTo() {
    Given given =
        Given.yaml(
            "pairing: {operator: {password: \"${THE_SECRET}\"}, session_ttl_secs: \"${T}\"}");
    EffectiveConfig config =
        given.andEnvironment("THE_SECRET", "from-elsewhere").andEnvironment("T", "77").read();
    assertThat(config.secret("pairing.operator.password")).hasValue("from-elsewhere");
    assertThat(config.text("pairing.session_ttl_secs")).hasValue("77");
  }

  @Test
  void refusesAReferenceToNothing() {
    assertThatThrownBy(Given.yaml("pairing: {operator: {password: \"ab${NONE}\"}}")::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("pairing.operator.password: refers with ${…} to something that is");
  }

  @Test
  void refusesAReferenceBelowAnEmptyVariable() {
    Given given =
        Given.yaml("pairing: {public_url: \"${T}\"}").andEnvironment("PAIRING_PUBLIC_URL", "");
    assertThatThrownBy(given::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("environment variable PAIRING_PUBLIC_URL");
  }

  @Test
  void keepsSecretsExactlyAsTheyAreWritten() {
    Given given = Given.yaml("pairing: {operator: {password: ' a$$b\\c, $d '}}");
    assertThat(given.read().secret("pairing.operator.password")).hasValue(" a$$b\\c, $d ");
  }

  @Test
  void trimsEverythingElse() {
    Given given =
        Given.environment("PAIRING_SESSION_TTL_SECS", " 90 ")
            .andEnvironment("PAIRING_TRUSTED_PROXIES", " 10.0.0.1 , ::1,");
    assertThat(given.read().text("pairing.session_ttl_secs")).hasValue("90");
    assertThat(given.read().list(SettingKey.TRUSTED_PROXIES)).containsExactly("10.0.0.1", "::1");
  }

  @Test
  void findsTheHomeOfNexo() {
    Path home = TextRules.home();
    assertThat(Given.nothing().read().nexoHome()).isEqualTo(home.resolve(".nexo"));
    assertThat(Given.environment("NEXO_HOME", "~/elsewhere").read().nexoHome())
        .isEqualTo(home.resolve("elsewhere"));
    assertThat(Given.environment("NEXO_HOME", "").read().nexoHome())
        .isEqualTo(home.resolve(".nexo"));
  }
}
