package dev.nexo.pairing.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.intake.FilteredMessage.MalformedException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Message on the bus")
class FilteredMessageTest {

  private static FilteredMessage read(String from) {
    String body = ("{'payload':{'from':" + from + ",'text':'hi'}}").replace('\'', '"');
    return FilteredMessage.read(BusMessage.of("plugin.inbound.sms", body.getBytes(UTF_8)));
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "15550001111 | 15550001111 | true | a number",
        "'1' | 1 | true | a string",
        "{'id':42,'is_bot':false} | 42 | true | Telegram's object",
        "{'id':'a'} | a | true | an object with a string",
        "{'id':{'_serialized':'1@c.us','user':'1'}} | 1@c.us | true | whatsapp-web.js: an id as an object",
        "{'_serialized':'1@c.us'} | 1@c.us | true | whatsapp-web.js: the id itself",
        "15550001111.0 | 15550001111.0 | false | a number of a spreadsheet",
        "1.5e3 | 1.5E+3 | false | an exponent",
        "{'phone_number':'+1'} | {'phone_number':'+1'} | false | an object without an id",
        "{'id':null,'n':'+1'} | {'id':null,'n':'+1'} | false | an id that is null",
        "{'id':['+1']} | ['+1'] | false | an id that is a list",
        "['+1'] | ['+1'] | false | a list",
        "true | true | false | a flag"
      })
  @DisplayName("A sender is read from a string, a number or an object, and never lost")
  void sender(String from, String id, boolean isId, String why) {
    FilteredMessage message = read(from);
    assertThat(message.from().replace('"', '\'')).as(why).isEqualTo(id);
    assertThat(message.senderIsId()).as(why).isEqualTo(isId);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "' '", "{}", "[]", "false"})
  @DisplayName("A message without a sender is malformed")
  void nobody(String from) {
    assertThatThrownBy(() -> read(from)).isInstanceOf(MalformedException.class);
  }
}
