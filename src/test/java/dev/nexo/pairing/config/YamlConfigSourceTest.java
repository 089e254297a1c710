package dev.nexo.pairing.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("YAML configuration source")
class YamlConfigSourceTest {

  @TempDir Path directory;

  @Test
  @DisplayName("The ordinal is between the environment and the defaults")
  void ordinal() {
    assertThat(Given.nothing().source().getOrdinal()).isEqualTo(200);
  }

  @Test
  @DisplayName("The service loader finds the source")
  void serviceLoader() {
    assertThat(ServiceLoader.load(ConfigSource.class))
        .hasAtLeastOneElementOfType(YamlConfigSource.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing\n",
        "---\n",
        "~",
        "{}",
        "pairing:",
        "pairing: {}",
        "pairing:\n  storage:\n",
        "pairing: {storage: {}, policy: {whatsapp: }, channels: null}",
        "pairing: {storage: {path: }, trusted_proxies: null}"
      })
  @DisplayName("An empty file sets nothing")
  void emptyFiles(String yaml) {
    Given given = Given.yaml(yaml);
    assertThat(given.source().getProperties()).isEmpty();
    assertThat(given.read().find("pairing.storage.path")).isEmpty();
  }

  @Test
  @DisplayName("Nested keys are joined with dots")
  void nestedKeys() {
    String yaml =
        """
        pairing:
          storage: {path: /a}
          setup_code.default_ttl_secs: 90
          policy:
            whatsapp:
              my.account: {auto_challenge: yes}
              0123: {auto_challenge: off}
          trusted_proxies: [10.0.0.1, "::1"]
        """;
    assertThat(Given.yaml(yaml).source().getProperties())
        .containsOnly(
            Map.entry("pairing.storage.path", "/a"),
            Map.entry("pairing.setup_code.default_ttl_secs", "90"),
            Map.entry("pairing.policy.whatsapp.my.account.auto_challenge", "true"),
            Map.entry("pairing.policy.whatsapp.0123.auto_challenge", "false"),
            Map.entry("pairing.trusted_proxies", "10.0.0.1,::1"));
  }

  @Test
  @DisplayName("A later file overrides an earlier one key by key")
  void laterFiles() {
    Given given =
        Given.yaml(
            "pairing: {session_ttl_secs: 5, storage: {path: /a}, trusted_proxies: [10.0.0.1]}",
            "pairing: {session_ttl_secs: 6, storage: , trusted_proxies: []}");
    assertThat(given.read().text("pairing.session_ttl_secs")).hasValue("6");
    assertThat(given.read().text("pairing.storage.path")).hasValue("/a");
    assertThat(given.read().list(SettingKey.TRUSTED_PROXIES)).isEmpty();
  }

  @Test
  @DisplayName("The server's own file is read unless another one is named")
  void fileNames() throws Exception {
    Path own = Files.writeString(directory.resolve("pairing.yaml"), "pairing.session_ttl_secs: 5");
    Path other = Files.writeString(directory.resolve("other"), "pairing.session_ttl_secs: 6");
    Map<String, String> server = Map.of("server.config.dir", directory.toString());
    Map<String, String> environment = Map.of("PAIRING_CONFIG", other.toString());
    Map<String, String> property = Map.of("pairing.config", own + File.pathSeparator + " ");

    assertThat(seconds(new YamlConfigSource(server::get, Map.<String, String>of()::get)))
        .isEqualTo("5");
    assertThat(seconds(new YamlConfigSource(server::get, environment::get))).isEqualTo("6");
    assertThat(seconds(new YamlConfigSource(property::get, environment::get))).isEqualTo("5");
    assertThat(seconds(new YamlConfigSource(server::get, Map.of("PAIRING_CONFIG", " ")::get)))
        .isEqualTo("5");
  }

  @Test
  @DisplayName("The server's own file may be missing")
  void noFile() {
    Map<String, String> server = Map.of("server.config.dir", directory.toString());
    YamlConfigSource source = new YamlConfigSource(server::get, Map.<String, String>of()::get);
    assertThat(source.fault()).isEmpty();
    assertThat(source.getProperties()).isEmpty();
    assertThat(
            new YamlConfigSource(Map.<String, String>of()::get, Map.<String, String>of()::get)
                .fault())
        .isEmpty();
  }

  @Test
  @DisplayName("A byte order mark is skipped")
  void byteOrderMark() {
    Path file = Given.file("\uFEFFpairing: {session_ttl_secs: 7}".getBytes(UTF_8));
    assertThat(seconds(Given.files(file).source())).isEqualTo("7");
  }

  @Test
  @DisplayName("Aliases that do not multiply are accepted")
  void aliases() {
    String yaml = "pairing: {policy: {whatsapp: {a: &on {auto_challenge: true}, b: *on}}}";
    assertThat(Given.yaml(yaml).source().getProperties()).hasSize(2);
  }

  private static String seconds(YamlConfigSource source) {
    return source.getValue("pairing.session_ttl_secs");
  }
}
