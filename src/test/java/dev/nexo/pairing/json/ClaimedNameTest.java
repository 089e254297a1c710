package dev.nexo.pairing.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Claimed names")
class ClaimedNameTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"Ana\"} | Ana | plain",
        "{\"display_name\":\"Ana\",\"username\":\"a1\"} | Ana | a name before a user name",
        "{\"pushName\":\"Ana\"} | Ana | WhatsApp, Baileys",
        "{\"notifyName\":\"Ana\"} | Ana | WhatsApp, whatsapp-web.js",
        "{\"profile\":{\"name\":\"Ana\"}} | Ana | WhatsApp Cloud API",
        "{\"from\":{\"first_name\":\"Ana\",\"last_name\":\"Li\",\"username\":\"al\"}} | Ana Li | Telegram",
        "{\"from\":{\"username\":\"al\"}} | al | Telegram without a name",
        "{\"author\":{\"global_name\":\"Ana\",\"username\":\"al\"}} | Ana | Discord",
        "{\"user\":{\"real_name\":\"Ana\",\"name\":\"al\"}} | Ana | Slack",
        "{\"sender\":{\"displayname\":\"Ana\"}} | Ana | Matrix",
        "{\"sourceName\":\"x\",\"name\":\"\",\"nickname\":\"Ana\"} | Ana | an empty name",
        "{\"name\":7,\"username\":\"al\"} | al | a name that is a number",
        "{\"name\":\"A\\u202e\\u0007na\\nLi\\u200b\"} | A na Li | control and direction characters",
        "{\"name\":\"\\u200b\\u2066\",\"username\":\"al\"} | al | a name that nobody sees",
        "{\"name\":\"\\u3164\\ufe0f\",\"username\":\"al\"} | al | a name of fillers and selectors",
        "{\"name\":\"A\\u2800\\u2800\\u3164\\u115f\\uffa0\\u1160Li\"} | A Li | fillers that would move the rest to the next line",
        "{\"name\":\"A\\u034f\\udb40\\udd00\\u180b\\u17b4na\"} | Ana | marks that nobody sees",
      })
  @DisplayName("The name is found in the fields of each channel, as one visible line")
  void found(String json, String name, String reason) {
    assertThat(ClaimedName.in(json)).as(reason).hasValue(name);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{}", "[]", "`not JSON`", "{\"id\":\"Ana\"}", "{\"name\":{\"a\":\"Ana\"}}"})
  @DisplayName("Anything else has no name")
  void none(String json) {
    assertThat(ClaimedName.in(json)).isEmpty();
    assertThat(ClaimedName.in((String) null)).isEmpty();
  }

  @Test
  @DisplayName("A long text is cut, never inside a character")
  void cut() {
    assertThat(ClaimedName.line("x".repeat(64), 64)).isEqualTo("x".repeat(64));
    assertThat(ClaimedName.line("x".repeat(65), 64)).isEqualTo("x".repeat(63) + "…");
    assertThat(ClaimedName.line("😀".repeat(40), 64)).isEqualTo("😀".repeat(31) + "…");
    assertThat(ClaimedName.line("\ud800a", 64)).isEqualTo("a");
  }
}
