package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    assertThat(ACCOUNTS.password("my-bot")).hasValue("of the environment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "telegram", "WHATSAPP", "operator", "my.bot", "my bot", "my\0bot"})
  @DisplayName("Other names have no account")
  void unknown(String name) {
    assertThat(ACCOUNTS.password(name)).isEmpty();
  }
}
