package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Settings producer")
class SettingsProducerTest {

  private static final Path HOME = Path.of("/home-of-nexo");

  private static final SettingsProducer DEFAULTS =
      Given.environment("NEXO_HOME", HOME.toString()).settings();

  @Test
  @DisplayName("The database file is in Nexo's home by default")
  void storageFile() {
    assertThat(DEFAULTS.storage()).isEqualTo(StorageSettings.file(HOME.resolve("data/pairing.db")));
    assertThat(Given.yaml("pairing: {storage: {path: ~/a.db}}").settings().storage())
        .isEqualTo(StorageSettings.file(TextRules.home().resolve("a.db")));
    assertThat(Given.environment("PAIRING_STORAGE_PATH", "/b.db").settings().storage())
        .isEqualTo(StorageSettings.file(Path.of("/b.db")));
  }

  @Test
  @DisplayName("A database URL selects a database server")
  void storageServer() {
    StorageSettings storage =
        Given.yaml(
                "pairing: {storage: {path: /b.db, url: 'jdbc:postgresql://h/d', username: u,"
                    + " password: ' p '}}")
            .settings()
            .storage();
    assertThat(storage.url()).hasValue("jdbc:postgresql://h/d");
    assertThat(storage.username()).hasValue("u");
    assertThat(storage.password()).hasValue(" p ");
    assertThat(storage).asString().contains("jdbc:postgresql://h/d").doesNotContain(" p ");
  }

  @Test
  @DisplayName("Setup codes are valid for a minute by default")
  void setupCodes() {
    assertThat(DEFAULTS.setupCodes())
        .isEqualTo(
            new SetupCodeSettings(
                HOME.resolve("secret/pairing.key"), List.of(), Duration.ofSeconds(60)));
    String yaml = "pairing: {setup_code: {secret_path: /k, default_ttl_secs: 86400}}";
    assertThat(Given.yaml(yaml).settings().setupCodes())
        .isEqualTo(new SetupCodeSettings(Path.of("/k"), List.of(), Duration.ofDays(1)));
  }

  @Test
  @DisplayName("Sessions last a day by default")
  void sessions() {
    assertThat(DEFAULTS.sessions().ttl()).isEqualTo(Duration.ofHours(24));
    assertThat(Given.yaml("pairing: {session_ttl_secs: 1}").settings().sessions().ttl())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("The gateway URL comes from a tunnel by default")
  void gateway() {
    assertThat(DEFAULTS.gateway())
        .isEqualTo(
            new GatewaySettings(
                Optional.empty(), Optional.empty(), HOME.resolve("state/tunnel.url"), List.of()));
    Given given =
        Given.yaml("pairing: {public_url: wss://a, ws_cleartext_allow: [b.local, 10.0.0.1]}")
            .andEnvironment("NEXO_TUNNEL_URL", "https://t")
            .andEnvironment("NEXO_HOME", "/n");
    assertThat(given.settings().gateway())
        .isEqualTo(
            new GatewaySettings(
                Optional.of("wss://a"),
                Optional.of("https://t"),
                Path.of("/n/state/tunnel.url"),
                List.of("b.local", "10.0.0.1")));
  }

  @Test
  @DisplayName("The broker is in-process by default")
  void inProcessBroker() {
    BrokerSettings defaults = DEFAULTS.broker();
    assertThat(defaults.url()).isEmpty();
    assertThat(defaults.username()).isEmpty();
    assertThat(defaults.password()).isEmpty();
    assertThat(defaults.token()).isEmpty();
    assertThat(defaults.nkeySeedPath()).isEmpty();
    assertThat(defaults.credentialsPath()).isEmpty();
    assertThat(defaults.tls())
        .isEqualTo(new BrokerSettings.Tls(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  @DisplayName("The broker settings are read")
  void configuredBroker() {
    String yaml =
        """
        pairing:
          broker:
            url: "nats://a:4222,tls://b"
            username: u
            password: p
            tls: {ca_path: /ca, cert_path: /cert, key_path: /key}
        """;
    BrokerSettings broker = Given.yaml(yaml).settings().broker();
    assertThat(broker.url()).hasValue("nats://a:4222,tls://b");
    assertThat(broker.username()).hasValue("u");
    assertThat(broker.password()).hasValue("p");
    assertThat(broker.tls())
        .isEqualTo(
            new BrokerSettings.Tls(
                Optional.of(Path.of("/ca")),
                Optional.of(Path.of("/cert")),
                Optional.of(Path.of("/key"))));
    assertThat(Given.yaml("pairing.broker.token: t").settings().broker().token()).hasValue("t");
    assertThat(Given.yaml("pairing.broker.nkey_seed_path: /s").settings().broker().nkeySeedPath())
        .hasValue(Path.of("/s"));
    assertThat(
            Given.environment("PAIRING_BROKER_CREDENTIALS_PATH", "/c")
                .settings()
                .broker()
                .credentialsPath())
        .hasValue(Path.of("/c"));
  }

  @Test
  @DisplayName("The bus modes are off by default")
  void bus() {
    assertThat(DEFAULTS.bus()).isEqualTo(new BusSettings(false, Optional.empty()));
    assertThat(
            Given.yaml(
                    "pairing: {broker: {url: 'nats://a'}, bus: {service: true, forward_prefix: a.b}}")
                .settings()
                .bus())
        .isEqualTo(new BusSettings(true, Optional.of("a.b")));
  }

  @Test
  @DisplayName("Brokered adapters are read from the file and the environment")
  void adapters() {
    assertThat(DEFAULTS.adapters()).isEqualTo(new AdapterSettings(Map.of()));
    Given given =
        Given.yaml(
                "pairing: {broker: {url: 'nats://a'}, adapters: {my-chat: {broker_prefix: a}, sms: {broker_prefix: b}}}")
            .andEnvironment("PAIRING_ADAPTERS_MY_CHAT_BROKER_PREFIX", "c")
            .andEnvironment("PAIRING_ADAPTERS_SIGNAL_BROKER_PREFIX", "d");
    assertThat(given.settings().adapters().brokerPrefixes())
        .isEqualTo(Map.of("my-chat", "c", "sms", "b", "signal", "d"));
  }

  @Test
  @DisplayName("Accounts are built in by default")
  void accounts() {
    assertThat(DEFAULTS.security())
        .isEqualTo(
            new SecuritySettings(
                SecuritySettings.Accounts.BUILTIN,
                Optional.empty(),
                HOME.resolve("secret/operator.password"),
                false));
    String yaml =
        """
        pairing:
          security: {accounts: server}
          operator: {password: correct horse}
          trusted_proxies: [10.0.0.0/8, "fd00::/8"]
        """;
    SecuritySettings security = Given.yaml(yaml).settings().security();
    assertThat(security.accounts()).isEqualTo(SecuritySettings.Accounts.SERVER);
    assertThat(security.operatorPassword()).hasValue("correct horse");
    assertThat(Given.yaml(yaml).settings().proxies().trusted())
        .extracting(block -> block.address().getHostAddress() + "/" + block.bits())
        .containsExactly("10.0.0.0/8", "fd00:0:0:0:0:0:0:0/8");
  }
}
