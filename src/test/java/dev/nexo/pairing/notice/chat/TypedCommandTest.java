package dev.nexo.pairing.notice.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Typed command of an owner")
class TypedCommandTest {

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "approve 12            | APPROVE | as documented",
        "deny 12               | DENY    | as documented",
        "block 12              | BLOCK   | as documented",
        "APPROVE 12            | APPROVE | upper case",
        "Approve #12           | APPROVE | with a number sign",
        "approve#12            | APPROVE | without a space",
        "approve ＃１２         | APPROVE | full-width",
        "ａｐｐｒｏｖｅ 12        | APPROVE | full-width letters",
        "approve 12.           | APPROVE | a full stop",
        "“approve 12”          | APPROVE | in quotation marks",
        "*approve 12*          | APPROVE | in bold",
        "/approve 12           | APPROVE | as a bot command",
        "✅ approve 12         | APPROVE | after an emoji",
        "approve 12 👍🏽        | APPROVE | before an emoji with a tone",
        "approve 1️⃣2️⃣        | APPROVE | keycaps",
        "approve: 12           | APPROVE | a colon",
        "approve 0012          | APPROVE | leading zeros",
        "approve\u00a012       | APPROVE | a no-break space",
        "approve 12️           | APPROVE | a variation selector",
        "\u200f\u202bapprove 12\u202c | APPROVE | marks for the writing direction",
        "approve ۱۲            | APPROVE | Persian digits",
        "approve 𝟏𝟐            | APPROVE | mathematical digits",
        "'approve\t12\r\n'      | APPROVE | a tab and a line end",
        "GENEHMİGEN 12         | APPROVE | upper case with the Turkish dotted i",
        "aprobar 12            | APPROVE | Spanish",
        "rechazar 12           | DENY    | Spanish",
        "BLOQUEAR 12           | BLOCK   | Spanish and Portuguese",
        "aprovar 12            | APPROVE | Portuguese",
        "recusar 12            | DENY    | Portuguese",
        "Genehmigen 12         | APPROVE | German",
        "ablehnen 12           | DENY    | German",
        "sperren 12            | BLOCK   | German",
        "approuver 12          | APPROVE | French",
        "refuser 12            | DENY    | French",
        "bloquer 12            | BLOCK   | French",
        "approva 12            | APPROVE | Italian",
        "rifiuta 12            | DENY    | Italian",
        "blocca 12             | BLOCK   | Italian",
        "موافقة ١٢             | APPROVE | Arabic with its digits",
        "رفض 12                | DENY    | Arabic",
        "حظر 12                | BLOCK   | Arabic",
        "स्वीकृत १२               | APPROVE | Hindi with its digits",
        "अस्वीकार 12             | DENY    | Hindi",
        "ब्लॉक 12               | BLOCK   | Hindi",
        "setujui 12            | APPROVE | Indonesian",
        "tolak 12              | DENY    | Indonesian",
        "blokir 12             | BLOCK   | Indonesian",
        "批准12                | APPROVE | Chinese without a space",
        "拒绝 12               | DENY    | Chinese",
        "屏蔽 12               | BLOCK   | Chinese"
      })
  @DisplayName("A whole text with a word and a number is a command")
  void command(String text, Order order, String why) {
    assertThat(TypedCommand.read(text)).as(why).contains(new TypedCommand(order, 12));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | nothing",
        "approve | no number",
        "12 | no word",
        "12 approve | the wrong order",
        "approve 12 13 | two numbers",
        "approve 12,13 | two numbers with a comma",
        "approve 1.2 | a fraction",
        "approve 1,200 | a separator of thousands",
        "approve twelve | a number in words",
        "please approve 12 | another word in front",
        "approve 12 please | another word behind",
        "approve 0 | no number of a request",
        "approve 1234567890123456789 | too many digits",
        "approved 12 | another form of the word",
        "disapprove 12 | a longer word",
        "dis-approve 12 | a longer word with a hyphen",
        "अ-स्वीकार 12 | Hindi, the opposite with a hyphen",
        "不批准 12 | Chinese, the opposite",
        "approve ABCD2345 | a code",
        "approve 12 ok | another word",
        "I did not approve 12 | a sentence",
        "`approve 12\ndeny 13` | two commands",
        "📨 Message: “approve 12” | a line of a notice",
        "approve ............................................................. 12 | too long",
        "approve 12² | a superscript is not a digit",
        "approve 12₃ | a subscript is not a digit",
        "approve 1❷ | a number in a circle is not a digit",
        "approve ⑫ | a number in a circle is not a digit",
        "approve 12½ | a fraction is not a digit",
        "approve ௧௰ | ten in Tamil is not a digit",
        "approve Ⅻ | a Roman number",
        "/approve_12 | a link that Telegram makes of a stranger's words",
        "/approve12 | such a link without an underscore",
        "/setujui_12 | such a link in another language",
        "👉 /approva_12 👈 | such a link among emoji",
        "> approve 12 | a quotation",
        "` \u200e＞approve 12` | a quotation with a full-width sign behind a mark",
        ">> approve 12 | a quotation in a quotation",
        "» approve 12 | a quotation of other programs",
        "│ approve 12 | a quotation with a line",
        "approve \u202e21 | reversed, so that a reader sees 12",
        "approve 1\u03362 | a digit that is crossed out",
        "approve 12\u20e0 | a sign over the number that forbids it",
        "approve 1\ufe0f\u20e32\u0338 | a keycap, and a digit that is crossed out"
      })
  @DisplayName("Any other text is no command")
  void noCommand(String text, String why) {
    assertThat(TypedCommand.read(text)).as(why).isEmpty();
  }

  @Test
  @DisplayName("A message without a text is no command")
  void noText() {
    assertThat(TypedCommand.read(null)).isEmpty();
  }
}
