package dev.nexo.pairing.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.spi.SenderVerdict;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Telegram adapter")
class TelegramAdapterTest {

  private final TelegramAdapter adapter = new TelegramAdapter(null);

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "@a, @a",
    "A, @a",
    "@TITLE_I, @title_i",
    "z9_, @z9_",
  })
  @DisplayName("Numeric ids and user names are brought into canonical form")
  void canonicalForm(String raw, String canonical) {
    assertThat(adapter.normalizeSender(raw)).contains(canonical);
    assertThat(adapter.normalizeSender(canonical).orElseThrow()).isSameAs(canonical);
  }

  @ParameterizedTest
  @CsvSource({"-1", "-100772861572129"})
  @DisplayName("Negative ids are groups and channels, which keep their id")
  void groups(String raw) {
    assertThat(adapter.assess(raw)).isEqualTo(SenderVerdict.group(raw));
    assertThat(adapter.normalizeSender(raw).orElseThrow()).isSameAs(raw);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "777000, Telegram itself",
    "333000, Telegram itself in old accounts",
    "1087968824, anonymous administrators of a group",
    "136817688, people who write as a channel",
    "1271266957, replies to comments",
    "489000, verification codes",
    "5434988373, the anti-spam bot",
    "@GroupAnonymousBot, anonymous administrators by name",
    "channel_bot, people who write as a channel by name",
  })
  @DisplayName("Service accounts, which speak for many people, are rejected")
  void serviceAccounts(String raw, String why) {
    assertThat(adapter.assess(raw)).as(why).isEqualTo(SenderVerdict.shared());
    assertThat(adapter.normalizeSender(raw)).as(why).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"\u200e123456\u200f, 123456", "\u202a@Ana\u202c, @ana", "\u2067-1001\u2069, -1001"})
  @DisplayName("Marks for the writing direction at both ends are dropped")
  void marks(String raw, String canonical) {
    assertThat(adapter.normalizeSender(raw)).contains(canonical);
  }

  static Stream<Arguments> rejected() {
    return Stream.of(
        arguments("-", "a minus alone"),
        arguments("0", "zero"),
        arguments("007", "zeros in front, which Telegram does not write"),
        arguments("0777000", "a service account behind a zero"),
        arguments("-0100123", "a group behind a zero"),
        arguments("+123", "a plus"),
        arguments("1-2", "a minus inside"),
        arguments("-12a", "letters in a number"),
        arguments("@1abc", "a name that starts with a digit"),
        arguments("_abc", "a name that starts with an underscore"),
        arguments("@@abc", "@ twice"),
        arguments("abc@", "@ at the end"),
        arguments("a-b", "a dash in a name"),
        arguments("a.b", "a dot in a name"),
        arguments("a\nb", "a line end inside"),
        arguments("a\u0000", "a NUL"),
        arguments("\u212aevin", "the Kelvin sign, whose lower case is k"),
        arguments("@\u0130stanbul", "a dotted capital I"),
        arguments("@us\u0435r", "a Cyrillic e"),
        arguments("-\u0661\u0662\u0663", "Arabic digits"),
        arguments("\uff11\uff12", "full-width digits"),
        arguments("@ad\u00admin", "a soft hyphen"),
        arguments("1".repeat(1 << 20) + "x", "a megabyte"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("rejected")
  @DisplayName("Anything else is rejected")
  void rejects(String raw, String why) {
    assertThat(adapter.normalizeSender(raw)).as(why).isEqualTo(Optional.empty());
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "@ana_b, true, a name",
    "Ana_B, true, a name without @ in another case",
    "t12345, true, a name that is nearly a number",
    "123456789, false, a numeric id",
    "-100772861572129, false, a channel",
    "@GroupAnonymousBot, false, a service account is rejected instead",
    "+15550001111, false, a phone number is rejected instead",
  })
  @DisplayName("A name has a warning, because Telegram sends numeric ids")
  void warnings(String raw, boolean warns, String why) {
    assertThat(adapter.warnings(raw)).as(why).hasSize(warns ? 1 : 0);
  }

  @Test
  @DisplayName("A challenge is escaped for MarkdownV2, its command in code style")
  void challengeText() {
    assertThat(adapter.formatChallengeText(new PairingCode("ABCD2345")))
        .isEqualTo(
            "🔐 Pairing required\\.\nAsk the operator to run:\n  `nexo pair approve ABCD2345`");
  }

  @Test
  @DisplayName("Every MarkdownV2 character in plain text is escaped")
  void escapesMarkup() {
    assertThat(adapter.formatPlainText("_*[]()~`>#+-=|{}.!\\ a:b"))
        .isEqualTo("\\_\\*\\[\\]\\(\\)\\~\\`\\>\\#\\+\\-\\=\\|\\{\\}\\.\\!\\\\ a:b");
  }

  @Test
  @DisplayName("Inside code only backticks and backslashes are escaped")
  void escapesCode() {
    assertThat(TelegramAdapter.code("a`b\\c_d.e")).isEqualTo("`a\\`b\\\\c_d.e`");
  }
}
