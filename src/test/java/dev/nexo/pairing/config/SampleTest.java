package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.ChannelAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Sample configuration")
class SampleTest {

  private static final Path SAMPLE = Path.of("config", "pairing.yaml");

  /** The sample with every key set: a # that no blank follows hides one. */
  private static String withEveryKey() throws IOException {
    return Files.readString(SAMPLE).replaceAll("(?m)^( *)#(?=[a-z])", "$1");
  }

  @Test
  @DisplayName("The sample challenges strangers and sets nothing else")
  void activeKeys() {
    Given given = Given.files(SAMPLE);
    assertThat(given.source().getProperties())
        .containsOnlyKeys("pairing.policy.auto_challenge")
        .containsValue("true");
    assertThat(
            new ConfiguredPolicies(given.read())
                .autoChallenge(new ChannelAccount("whatsapp", "default")))
        .isTrue();
  }

  @Test
  @DisplayName("The sample shows every key")
  void everyKey() throws IOException {
    YamlConfigSource source = Given.yaml(withEveryKey()).source();
    assertThat(source.fault()).isEmpty();
    assertThat(
            source.getPropertyNames().stream()
                .map(name -> SettingKey.find(name).orElseThrow())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(SettingKey.values());
  }

  @Test
  @DisplayName("The sample is valid with every key set and one broker login")
  void allKeysSet() throws IOException {
    String yaml =
        withEveryKey()
            .replaceAll(
                "(?m)^ *(password_file|secret_file|token_file|token|nkey_seed_path|credentials_path|jndi):.*$",
                "");
    Given given =
        Given.yaml(yaml)
            .andEnvironment("BROKER_SECRET", "of the broker")
            .andEnvironment("DATABASE_SECRET", "of the database")
            .andEnvironment("OPERATOR_SECRET", "of the operator")
            .andEnvironment("CHANNEL_SECRET", "of the channel")
            .andEnvironment("WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            .andEnvironment("NEXO_HOME", "~/.nexo");
    SettingsProducer settings = given.settings();
    assertThat(settings.broker().password()).hasValue("of the broker");
    assertThat(settings.security().operatorPassword()).hasValue("of the operator");
    // Where the sample names a default, it is the default.
    SettingsProducer defaults = Given.environment("NEXO_HOME", "~/.nexo").settings();
    assertThat(settings.storage().path()).isEqualTo(defaults.storage().path());
    assertThat(settings.storage().password()).hasValue("of the database");
    assertThat(settings.setupCodes().secretPath()).isEqualTo(defaults.setupCodes().secretPath());
    assertThat(settings.setupCodes().defaultTtl()).isEqualTo(defaults.setupCodes().defaultTtl());
    assertThat(settings.sessions().ttl()).isEqualTo(defaults.sessions().ttl());
    assertThat(settings.bus().service()).isEqualTo(defaults.bus().service());
    assertThat(settings.security().accounts()).isEqualTo(defaults.security().accounts());
  }

  @Test
  @DisplayName("The sample names the keys that Nexo reads")
  void nexoKeys() throws IOException {
    assertThat(Files.readString(SAMPLE))
        .contains("storage, setup_code, session_ttl_secs, public_url and\n# ws_cleartext_allow");
  }
}
