package dev.nexo.pairing.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.json.StrictJson;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Fields that prove a kind together")
class FieldCombinationsTest {

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "OWN_ECHO | 'business_message':{'from':{'id':5},'chat':{'id':7}} | the Bot API",
        "OWN_ECHO | 'business_message':{'from':{'id':5},'chat':{'id':'7'}} | a number as a string",
        "OWN_ECHO | 'edited_business_message':{'from':{'id':5},'chat':{'id':7}} | an edit",
        "OWN_ECHO | 'message':{'business_connection_id':'c','from':{'id':5},'chat':{'id':7}}"
            + " | a library that calls it a message",
        "OWN_ECHO | 'businessConnectionId':'c','chat':{'id':7} | in the payload itself",
        "OWN_ECHO | 'business_connection_id':'c','chat_id':'7' | an id without an object",
        "OWN_ECHO | 'message':{'business_connection_id':'c','chat':{'id':7}} | the outer sender",
        "DIRECT | 'business_message':{'from':{'id':7},'chat':{'id':'7'}} | a customer, two types",
        "DIRECT | 'business_message':{'from':{'id':'7'},'chat':{'id':7}} | the types exchanged",
        "DIRECT | 'business_connection_id':'c','chat_id':5 | a customer in the payload itself",
        "DIRECT | 'business_connection_id':null,'chat_id':7 | no business",
        "DIRECT | 'chat_id':7 | a chat that has another number",
        "DIRECT | 'message':{'business_connection_id':'c','from':{'id':'@ana'},'chat':{'id':7}}"
            + " | a name says nothing about the number",
        "DIRECT | 'business_message':{'from':{'id':5},'chat':{'id':5},'reply_to_message':"
            + "{'business_connection_id':'c','from':{'id':9},'chat':{'id':5}}} | an answer",
        "DIRECT | 'callback_query':{'from':{'id':5},'data':'x','message':"
            + "{'business_connection_id':'c','from':{'id':9},'chat':{'id':5}}} | a press",
        "GROUP | 'command':'PRIVMSG','params':['#talk','hi'] | IRC's own message",
        "GROUP | 'raw':{'rawCommand':'NOTICE','args':['@#talk','hi']} | below a wrapper",
        "DIRECT | 'command':'PRIVMSG','params':['bot','#talk'] | IRC, to the bot alone",
        "DIRECT | 'command':'ask','args':['#talk'] | the arguments of a bot's own command",
        "DIRECT | 'command':'PRIVMSG','params':[] | IRC, cut off",
        "GROUP | 'peer_id':2000000001,'conversation_message_id':5 | VK",
        "GROUP | 'peerId':'2000000001','conversationMessageId':5 | the names of a library",
        "GROUP | 'type':'message_new','object':{'message':{'peer_id':2000000001,'from_id':5,"
            + "'conversation_message_id':5}} | VK's own event",
        "DIRECT | 'object':{'message':{'peer_id':5,'from_id':5,'conversation_message_id':5}}"
            + " | VK, to the bot alone",
        "DIRECT | 'peer_id':5,'conversation_message_id':5,'fwd_messages':[{'peer_id':2000000001,"
            + "'conversation_message_id':5}] | VK, forwarded from a conversation",
        "DIRECT | 'peer_id':6123456789 | a person of Telegram with a high number",
        "CHANNEL_POST | 'entry':[{'changes':[{'field':'feed','value':{'item':'comment',"
            + "'message':'hi','from':{'id':'5'}}}]}] | Facebook: a comment below a post",
        "CHANNEL_POST | 'entry':[{'changes':[{'field':'live_comments','value':{'id':'5'}}]}]"
            + " | Instagram: a comment on a live video",
        "DIRECT | 'entry':[{'changes':[{'field':'messages','value':{'messages':[{'id':'5'}]}}]}]"
            + " | WhatsApp's messages in the same form",
        "DIRECT | 'data':{'field':'comments','value':'x'} | a field of a form",
        "GROUP | 'callback_query':{'from':{'id':5},'data':'x','inline_message_id':'AbC',"
            + "'chat_instance':'7'} | a press below what somebody sent through the bot",
        "GROUP | 'kind':'callback_query','data':'x','inlineMessageId':'AbC' | in the payload itself",
        "GROUP | 'chosen_inline_result':{'from':{'id':5},'inline_message_id':'AbC'}"
            + " | what was sent through the bot",
        "DIRECT | 'callback_query':{'from':{'id':5},'data':'x','inline_message_id':null,'message':"
            + "{'chat':{'id':5,'type':'private'}}} | a press below the bot's own message"
      })
  @DisplayName("A message has the kind that its fields prove together")
  void kinds(MessageKind kind, String fields, String why) {
    String json = "{'from':5,'text':'hi'," + fields + "}";
    JsonObject payload = StrictJson.parse(json.replace('\'', '"').getBytes(UTF_8));
    assertThat(MessageClassifier.ofPayload(payload).kind()).as(why).isEqualTo(kind);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "DIRECT | 'message':{'conversation':'-5'} | a negative number as the answer",
        "DIRECT | 'message':{'conversation':'120363@g.us'} | the id of a group as the text",
        "DIRECT | 'message':{'ephemeralMessage':{'message':{'conversation':'-5'}}} | in a wrapper",
        "GROUP | 'message':{'conversation':'-5','text':'hi'} | an id beside a text",
        "GROUP | 'conversation':'-5','text':'hi' | an id in the payload itself",
        "GROUP | 'key':{'remoteJid':'1@g.us'},'message':{'conversation':'hi'} | a group"
      })
  @DisplayName("The text of WhatsApp's message is not read as the id of its chat")
  void words(MessageKind kind, String fields, String why) {
    String json = "{'from':'1@s.whatsapp.net'," + fields + "}";
    JsonObject payload = StrictJson.parse(json.replace('\'', '"').getBytes(UTF_8));
    assertThat(MessageClassifier.ofPayload(payload).kind()).as(why).isEqualTo(kind);
  }
}
