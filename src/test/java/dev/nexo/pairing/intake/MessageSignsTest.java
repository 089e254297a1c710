package dev.nexo.pairing.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.json.StrictJson;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Signs of a message for which nobody may be challenged")
class MessageSignsTest {

  private static JsonObject json(String singleQuoted) {
    return StrictJson.parse(singleQuoted.replace('\'', '"').getBytes(UTF_8));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "HISTORY | {'from':'1','kind':'history','text':'hi'} | the kind",
        "HISTORY | {'from':'1','kind':'history_sync','text':'hi'} | an event that has a sender",
        "HISTORY | {'from':'1','is_history':true,'text':'hi'} | the flag",
        "HISTORY | {'from':'1','history':true,'text':'hi'} | the short flag",
        "HISTORY | {'from':'1','offline':'1','text':'hi'} | WhatsApp: queued while disconnected",
        "HISTORY | {'from':'1','type':'append','messages':[{'message':{'conversation':'hi'}}]} | Baileys",
        "HISTORY | {'from':'1','upsertType':'append','text':'hi'} | Baileys, flattened",
        "HISTORY | {'from':'1','edited':true,'offline':true,'text':'hi'} | an old edit",
        "GROUP | {'from':'1','is_history':true,'is_group':true,'text':'hi'} | a group's history",
        "BOT | {'from':'1','is_history':true,'is_bot':true,'text':'hi'} | a bot's history",
        "DIRECT | {'from':'1','type':'notify','messages':[{'message':{'conversation':'hi'}}]} | new",
        "DIRECT | {'from':'1','text':'hi','history':[{'role':'user'}]} | a context for a model",
        "DIRECT | {'from':'1','text':'hi','quoted':{'is_history':true}} | a quotation"
      })
  @DisplayName("Old messages are not new ones")
  void history(MessageKind kind, String payload, String why) {
    assertThat(MessageClassifier.ofPayload(json(payload)).kind()).as(why).isEqualTo(kind);
    assertThat(MessageClassifier.ofMeta(json(payload)).kind()).as(why).isEqualTo(kind);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "true | {'from':'1','contact':true,'text':'hi'}",
        "true | {'from':'1','is_contact':'true','text':'hi'}",
        "true | {'from':'1','message':{'text':'hi','contact':1}}",
        "false | {'from':'1','contact':false,'text':'hi'}",
        "false | {'from':'1','contact':{'name':'Ana'}}",
        "false | {'from':'1','text':'hi','quoted':{'contact':true}}",
        "false | {'from':'1','text':'hi'}"
      })
  @DisplayName("Only contact: true says that the account has written to the sender before")
  void contact(boolean contact, String payload) {
    MessageSigns expected = new MessageSigns(MessageKind.DIRECT, contact, false, null, null);
    assertThat(MessageClassifier.ofPayload(json(payload))).isEqualTo(expected);
    assertThat(MessageClassifier.ofMeta(json(payload))).isEqualTo(expected);
  }

  @Test
  @DisplayName("The sign of a contact is no content")
  void contactWithoutContent() {
    assertThat(MessageClassifier.ofPayload(json("{'from':'1','contact':true}")).kind())
        .isEqualTo(MessageKind.RECEIPT);
  }
}
