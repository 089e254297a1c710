package dev.nexo.pairing.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Claimed language")
class ClaimedLanguageTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"language\":\"es\"} | es | the contract",
        "{\"language\":\"es-419\"} | es | a region",
        "{\"language\":\"PT_br\"} | pt | Java's form",
        "{\"language\":\"zh-Hant-TW\"} | zh | a script",
        "{\"locale\":\"de_DE.UTF-8\"} | de | POSIX",
        "{\"language\":\"in\"} | id | the former code of Indonesian",
        "{\"language\":\"spa\"} | es | ISO 639-2",
        "{\"language\":\"nl\"} | nl | without standard texts",
        "{\"language_code\":\"es\"} | es | Telegram's field",
        "{\"from\":{\"id\":1,\"language_code\":\"es\"}} | es | Telegram's sender",
        "{\"from\":\"1\",\"meta\":{\"language\":\"es\"}} | es | meta on the bus",
        "{\"user\":{\"locale\":\"fr_FR\"}} | fr | Slack, Teams",
        "{\"language\":7,\"lang\":\"it\"} | it | a number is none",
        "{\"language\":\"klingon!\",\"from\":{\"language_code\":\"ar\"}} | ar | the first valid one"
      })
  @DisplayName("The language is found where plugins put it")
  void found(String json, String language, String why) {
    assertThat(ClaimedLanguage.in(json)).as(why).contains(language);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "no json",
        "{\"language\":\"\"}",
        "{\"language\":\"e\"}",
        "{\"language\":\"español\"}",
        "{\"language\":\"es \"}",
        "{\"language\":\"es\\u0000\"}",
        "{\"language\":\"es-\"}",
        "{\"language\":\"../es\"}",
        "{\"language\":[\"es\"]}",
        "{\"language\":\"es-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa\"}",
        "{\"quoted\":{\"language\":\"es\"}}"
      })
  @DisplayName("Anything else is no language")
  void none(String json) {
    assertThat(ClaimedLanguage.in(json)).isEmpty();
  }
}
