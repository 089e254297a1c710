package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredChannelAccountsTest {

  private static final ChannelAccounts ACCOUNTS =
      new ConfiguredChannelAccounts(
          Given.yaml("pairing: {channels: {whatsapp: {password: of-the-file}}}")
              .andEnvironment("PAIRING_CHANNELS_MY_BOT_PASSWORD", "of the environment")
              .read());

  @Test
  void findsAccountsOfTheFileAndOfTheEnvironment() {
    assertThat(ACCOUNTS.password("whatsapp")).hasValue("of-the-file");
    assertThat(ACCOUNTS.password("whatsapp")).hasValue("of-the-file");
    assertThat(ACCOUNTS.password("my-bot")).hasValue("of the environment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "telegram", "WHATSAPP", "operator", "my.bot", "my bot", "my\0bot"})
  void knowsNoOthers(String name) {
    assertThat(ACCOUNTS.password(name)).isEmpty();
  }
}
