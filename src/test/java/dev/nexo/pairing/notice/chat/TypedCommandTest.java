package dev.nexo.pairing.notice.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "approve",
        "12",
        "12 approve",
        "approve 12 13",
        "approve 1.2",
        "approve twelve",
        "please approve 12",
        "approve 12 please",
        "approve 0",
        "approve 1234567890123456789",
        "approved 12",
        "disapprove 12",
        "approve ABCD2345",
        "approve 12 ok",
        "I did not approve 12",
        "approve 12\ndeny 13",
        "📨 Message: “approve 12”",
        "approve ............................................................. 12",
      })
  @DisplayName("Any other text is no command")
  void noCommand(String text) {
    assertThat(TypedCommand.read(text)).isEmpty();
  }
}
