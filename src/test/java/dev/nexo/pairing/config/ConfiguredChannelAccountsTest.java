package dev.nexo.pairing.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Configured channel accounts")
class ConfiguredChannelAccountsTest {

  private static final ChannelAccounts ACCOUNTS =
      new ConfiguredChannelAccounts(
          Given.yaml("pairing: {channels: {whatsapp: {password: of-the-file}}}")
              .andEnvironment("PAIRING_CHANNELS_MY_BOT_PASSWORD", "of the environment")
              .read());

  @Test
  @DisplayName("Accounts are found in the file and in the environment")
  void finds() {
    assertThat(ACCOUNTS.password("whatsapp")).hasValue("of-the-file");
    assertThat(ACCOUNTS.password("whatsapp")).hasValue("of-the-file");
    assertThat(ACCOUNTS.password("my_bot")).hasValue("of the environment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "telegram", "WHATSAPP", "operator", "my.bot", "my bot", "my\0bot"})
  @DisplayName("Other names have no account")
  void unknown(String name) {
    assertThat(ACCOUNTS.password(name)).isEmpty();
  }

  private static final String VARIABLE = "PAIRING_CHANNELS_MY_WA_BOT_PASSWORD";

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "my_wa_bot, true, the name in lower case",
    "my-wa-bot, false, another name of the variable",
    "my-wa_bot, false, another name of the variable",
    "my_wa-bot, false, another name of the variable",
    "MY_WA_BOT, false, capitals as in the variable",
    "My_Wa_Bot, false, capitals",
    "my.wa.bot, false, dots",
    "my_wa.bot, false, a dot",
    "my wa bot, false, spaces",
    "my/wa/bot, false, a sign that a variable writes as an underscore",
    "my_wa_bot_, false, one underscore more",
    "my__wa_bot, false, two underscores",
    "'my_wa_bot ', false, a space at the end",
    "my\u2010wa\u2010bot, false, a hyphen that is not ASCII",
    "my\uff3fwa\uff3fbot, false, wide underscores",
    "my_wa_b\u043et, false, a Cyrillic letter",
    "m\u0443_wa_bot, false, a Cyrillic letter",
    "my_wa_bo\u0442, false, a Cyrillic letter",
  })
  @DisplayName("The password in a variable belongs to one name")
  void oneName(String name, boolean found, String reason) {
    ChannelAccounts accounts =
        new ConfiguredChannelAccounts(Given.environment(VARIABLE, "long enough").read());
    assertThat(accounts.password(name).isPresent()).isEqualTo(found);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "password, a variable that overrides the password",
    "password_file, a variable that stands for the file",
  })
  @DisplayName("A variable belongs to the name that the file has, and to no other")
  void nameOfTheFile(String key, String reason) {
    String secret = Given.file("of the file".getBytes(UTF_8)).toString();
    ChannelAccounts accounts =
        new ConfiguredChannelAccounts(
            Given.yaml("pairing: {channels: {my-wa-bot: {" + key + ": " + secret + "}}}")
                .andEnvironment(
                    "PAIRING_CHANNELS_MY_WA_BOT_" + key.toUpperCase(Locale.ROOT), secret)
                .read());
    assertThat(accounts.password("my-wa-bot")).isPresent();
    assertThat(accounts.password("my_wa_bot")).isEmpty();
    assertThat(accounts.password("my-wa_bot")).isEmpty();
  }

  @Test
  @DisplayName("Names that differ only in a hyphen have a password each in the file")
  void bothInFile() {
    ChannelAccounts accounts =
        new ConfiguredChannelAccounts(
            Given.yaml(
                    "pairing: {channels: {my-bot: {password: one-of-two}, my_bot: {password:"
                        + " two-of-two}}}")
                .read());
    assertThat(accounts.password("my-bot")).hasValue("one-of-two");
    assertThat(accounts.password("my_bot")).hasValue("two-of-two");
  }

  @Test
  @DisplayName("The file of a secret in a variable belongs to one name, too")
  void secretFile() {
    String secret = Given.file("of the file".getBytes(UTF_8)).toString();
    ChannelAccounts accounts =
        new ConfiguredChannelAccounts(
            Given.environment("PAIRING_CHANNELS_MY_WA_BOT_PASSWORD_FILE", secret).read());
    assertThat(accounts.password("my_wa_bot")).hasValue("of the file");
    assertThat(accounts.password("my-wa-bot")).isEmpty();
  }
}
