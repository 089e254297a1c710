package dev.nexo.pairing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.OwnerCommands.OwnWords;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Own words in a message")
class OwnWordsReaderTest {

  private static Optional<OwnWords> read(String fields, String text) {
    JsonObject object = Json.createReader(new StringReader(fields.replace('\'', '"'))).readObject();
    return OwnWordsReader.read(object, "chat", "main", "7", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'forward_origin':{'type':'user'}}",
        "{'forward_from':{'id':1}}",
        "{'forward_sender_name':'Ann'}",
        "{'forward_date':1}",
        "{'is_forwarded':true}",
        "{'isForwarded':'true'}",
        "{'contextInfo':{'isForwarded':true,'forwardingScore':1}}",
        "{'message':{'extendedTextMessage':{'contextInfo':{'forwardingScore':4}}}}",
        "{'fwd_from':{'from_id':1}}",
        "{'canal_forwarded_from':'news'}",
        "{'note_forwarded_by':'Ann'}",
        "{'noticeForwarded':true}",
        "{'allowlist_forwarded':true}",
        "{'message_snapshots':[{'message':{}}]}",
        "{'is_automatic_forward':true}",
        "{'via_bot':{'id':1}}",
        "{'isQuote':true}",
        "{'quoted':'yes'}",
        "{'message':{'entities':[{'type':'blockquote','offset':0,'length':10}]}}",
        "{'entities':[{'type':'expandable_blockquote'}]}",
        "{'entities':[{'_':'MessageEntityBlockquote'}]}",
        "{'entities':[{'className':'MessageEntityStrike'}]}",
        "{'text':{'entities':[{'type':{'@type':'textEntityTypeStrikethrough'}}]}}",
        "{'messages':[{'forwarded':1}]}"
      })
  @DisplayName("A forwarded or quoted text is nobody's own words")
  void others(String fields) {
    assertThat(read(fields, "approve 12")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'isForwarded':false,'forwardingScore':0,'fwd_from':null,'noforwards':true}",
        "{'can_be_forwarded':true,'allow_forwarding':true}",
        "{'canForward':true,'not_forwarded':true,'protect_forwards':true}",
        "{'reply_to_message':{'message_id':5,'text':'New request #12'}}",
        "{'quotedMessage':{'conversation':'New request #12'}}",
        "{'quoted':false}",
        "{'entities':[{'type':'bold','offset':0,'length':10}]}"
      })
  @DisplayName("An answer to a message is the person's own words")
  void own(String fields) {
    assertThat(read(fields, "approve 12"))
        .contains(new OwnWords("chat", "main", "7", "approve 12", null, null));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'callback_query':{'id':'1','from':{'id':7},'data':'np.x'}} | 7",
        "{'kind':'callback_query','data':'np.x'} |",
        "{'type':'callbackQuery','callback_data':'np.x','from':'7'} | 7",
        "{'kind':'callback_query','callback_query':{'data':'np.x','from':{'id':'8'}}} | 8",
        "{'update':{'callback_query':{'data':'np.x','from':{'id':7}}}} | 7",
        "{'callbackData':'np.x'} |",
        "{'callback_query':{'from':{'id':7},'data':'np.x','message':{'text':'approve 1'}}} | 7"
      })
  @DisplayName("A press carries the data of its button and who pressed")
  void press(String fields, String presser) {
    assertThat(read(fields, "approve 12"))
        .contains(new OwnWords("chat", "main", "7", null, "np.x", presser));
  }

  @Test
  @DisplayName("The data of a press can be in the text, and is not written down")
  void pressInText() {
    OwnWords words = read("{'kind':'callback_query','from':'7'}", "np.x").orElseThrow();
    assertThat(words.press()).isEqualTo("np.x");
    assertThat(words.text()).isNull();
    assertThat(words.toString()).doesNotContain("np.x");
  }

  @Test
  @DisplayName("A picture without a caption has no words")
  void nothing() {
    assertThat(read("{'media_kind':'image'}", null)).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'from':7,'callback_query':{'id':'1','from':{'id':7},'data':'np.x'}} | DIRECT",
        "{'kind':'callback_query','from':'7','data':'np.x'} | DIRECT",
        "{'from':7,'callback_query':{'data':'np.x','message':{'from':{'is_bot':true},"
            + "'edit_date':1,'chat':{'id':7,'type':'private'}}}} | DIRECT",
        "{'from':7,'callback_query':{'data':'np.x','message':{'chat':{'id':-5,'type':'group'}}}}"
            + " | GROUP"
      })
  @DisplayName("A press in a private chat is direct, and one in a group is not")
  void pressKind(String payload, MessageKind kind) {
    JsonObject object =
        Json.createReader(new StringReader(payload.replace('\'', '"'))).readObject();
    assertThat(MessageClassifier.ofPayload(object).kind()).isEqualTo(kind);
  }
}
