package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Files of secrets")
class SecretFilesTest {

  @TempDir Path directory;

  private String file(String content) throws IOException {
    return Files.writeString(directory.resolve("secret"), content).toString();
  }

  static Stream<SettingKey> secrets() {
    return Arrays.stream(SettingKey.values()).filter(key -> key.rule().isSecret());
  }

  @ParameterizedTest
  @MethodSource("secrets")
  @DisplayName("Every secret can be in a file that a variable names")
  void everySecret(SettingKey key) throws IOException {
    String secret = key.of("my_bot");
    String variable = SettingKey.environmentName(secret) + "_FILE";
    boolean webhook = key.rule() == SettingRule.WEBHOOK_SECRET;
    String content = webhook ? "whsec_" + "QUJD".repeat(10) : "of the file";
    String another = webhook ? "whsec_" + "REVG".repeat(10) : "another one";
    Given given = Given.environment(variable, file(content + "\n"));
    if (secret.contains("storage")) {
      given =
          given
              .andEnvironment("PAIRING_STORAGE_URL", "jdbc:postgresql://a:5432/b")
              .andEnvironment("PAIRING_STORAGE_USERNAME", "c");
    } else if (key == SettingKey.BROKER_PASSWORD) {
      given = given.andEnvironment("PAIRING_BROKER_USERNAME", "c");
    } else if (webhook) {
      given = given.andEnvironment("PAIRING_NOTIFY_WEBHOOK_URL", "https://a.example/hook");
    }
    assertThat(given.read().secret(secret)).hasValue(content);
    Given both = given.andEnvironment(SettingKey.environmentName(secret), another);
    assertThatThrownBy(both::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot be set together with ");
    Given empty = given.andEnvironment(SettingKey.environmentName(secret), "");
    assertThat(empty.read().secret(secret)).hasValue(content);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "'hunter22', no line end",
    "'hunter22\n', a line end",
    "'hunter22\r\n', a line end of Windows",
    "'\uFEFFhunter22\n', a byte order mark",
  })
  @DisplayName("A line end and a byte order mark are no part of the secret")
  void content(String content, String reason) throws IOException {
    assertThat(
            Given.environment("PAIRING_OPERATOR_PASSWORD_FILE", file(content))
                .settings()
                .security()
                .operatorPassword())
        .hasValue("hunter22");
  }

  @Test
  @DisplayName("The accounts of channels read their files too")
  void channel() throws IOException {
    Given given =
        Given.yaml(
            "pairing: {channels: {my-bot: {password_file: '%s'}}}".formatted(file("hunter22\n")));
    assertThat(new ConfiguredChannelAccounts(given.read()).password("my-bot")).hasValue("hunter22");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "hunt2, at least 8 characters",
    "'', at least 8 characters",
    "'        ', at least 8 characters",
    "'hunter22\nhunter23', without control characters",
  })
  @DisplayName("A file without a valid secret stops the start and is not quoted")
  void invalid(String content, String expected) throws IOException {
    assertThatThrownBy(Given.environment("PAIRING_OPERATOR_PASSWORD_FILE", file(content))::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected a file that contains ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("hunt");
  }

  @Test
  @DisplayName("A file that cannot be read stops the start, with its cause")
  void unreadable() throws IOException {
    Object[][] rows = {
      {directory.resolve("nowhere"), "does not exist"},
      {directory, "found a directory or a device"},
      {Path.of("/dev/zero"), "found a directory or a device"},
      {Files.write(directory.resolve("large"), new byte[5000]), "larger than 4096 bytes"},
      {Files.write(directory.resolve("latin1"), new byte[] {(byte) 0xe4}), "not UTF-8"},
    };
    for (Object[] row : rows) {
      assertThatThrownBy(
              Given.environment("PAIRING_OPERATOR_PASSWORD_FILE", row[0].toString())::read)
          .as("%s", row[0])
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("environment variable PAIRING_OPERATOR_PASSWORD_FILE")
          .hasMessageContaining((String) row[1]);
    }
  }
}
