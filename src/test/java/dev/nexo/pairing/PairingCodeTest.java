package dev.nexo.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pairing codes as typed or copied")
class PairingCodeTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          as issued                        | K7M3XQ9P
          lower case                       | k7m3xq9p
          a hyphen                         | K7M3-XQ9P
          an en dash                       | K7M3\u2013XQ9P
          an em dash                       | K7M3\u2014XQ9P
          a hyphen that does not break     | K7M3\u2011XQ9P
          a typographic hyphen             | K7M3\u2010XQ9P
          a minus sign                     | K7M3\u2212XQ9P
          a superscript minus              | K7M3\u207bXQ9P
          a modifier letter minus          | K7M3\u02d7XQ9P
          a soft hyphen                    | K7M3\u00adXQ9P
          a full-width hyphen              | K7M3\uff0dXQ9P
          a small hyphen                   | K7M3\ufe63XQ9P
          the long vowel sign of an IME    | K7M3\u30fcXQ9P
          full-width letters and digits    | \uff2b\uff17\uff2d\uff13\uff38\uff31\uff19\uff30
          a space after each character     | K 7 M 3 X Q 9 P
          a space that does not break      | K7M3\u00a0XQ9P
          a narrow space                   | K7M3\u202fXQ9P
          an ideographic space             | K7M3\u3000XQ9P
          zero-width spaces and joiners    | \u200bK7M3\u200d\u2060XQ9P
          a byte order mark                | \ufeffK7M3XQ9P
          marks of the writing direction   | \u2068K7M3XQ9P\u2069
          straight quotes                  | "K7M3XQ9P"
          curly quotes                     | \u201cK7M3XQ9P\u201d
          low and high quotes              | \u201eK7M3XQ9P\u201c
          guillemets with spaces           | \u00ab\u00a0K7M3XQ9P\u00a0\u00bb
          backticks                        | `K7M3XQ9P`
          a bold code                      | **K7M3XQ9P**
          a full stop                      | K7M3XQ9P.
          brackets and a space             | ( K7M3 XQ9P )
          """)
  @DisplayName("Dashes, spaces, invisible characters and quotes are ignored")
  void folded(String what, String typed) {
    assertThat(PairingCode.parse(typed)).as(what).contains(new PairingCode("K7M3XQ9P"));
    assertThat(PairingCode.reference(typed)).as(what).isEqualTo("K7M3XQ9P");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "K7M3XQ9",
        "K7M3XQ9PP",
        "K7M3XQ90",
        "K7M3XQ9O",
        "K7M3.XQ9P",
        "K7M3/XQ9P",
        "K7M3\"XQ9P",
        "К7M3XQ9P",
        "K7M3XQ9Р"
      })
  @DisplayName("Other characters inside, and letters of other scripts, are not ignored")
  void malformed(String typed) {
    assertThat(PairingCode.parse(typed)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
        "\"1b4e28ba-2fa1-11d2-883f-0016d3cca427\"",
        "\ufeff1b4e28ba\u20132fa1\u201311d2\u2011883f\u20120016d3cca427\u00a0"
      })
  @DisplayName("A request id is read without quotes and with any dashes")
  void requestId(String typed) {
    assertThat(PairingCode.reference(typed)).isEqualTo("1b4e28ba-2fa1-11d2-883f-0016d3cca427");
  }

  @ParameterizedTest
  @CsvSource({
    "#12, #12, as displayed",
    "' # 12 ', #12, spaces",
    "\"#12\", #12, quotes of a shell",
    "＃１２, #12, the full width of an input method",
    "#0012, #12, leading zeros",
    "#23456789, #23456789, digits that could be a code",
    "#K7M3XQ9P, K7M3XQ9P, a code behind punctuation",
    "12, #12, a number alone: no code is so short",
    "12345678, #12345678, a number with a digit that no code has",
    "23456789, 23456789, digits that can be a code are one",
    "0, 0, no number",
    "#0, #0, no number: nothing has this id",
  })
  @DisplayName("A number names a request")
  void number(String typed, String reference, String reason) {
    assertThat(PairingCode.reference(typed)).as(reason).isEqualTo(reference);
  }
}
