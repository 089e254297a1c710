package dev.nexo.pairing.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.testing.ChannelWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Messages in groups that can be approved")
class GroupIntakeTest {

  private ChannelWorld world;
  private PairingIntake intake;

  @BeforeEach
  void start() {
    world = ChannelWorld.builder().observer(message -> {}).start();
    intake = world.get(PairingIntake.class);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private InboundOutcome receive(String channel, String account, String sender, String meta) {
    return intake.receive(
        new InboundMessage(channel, account, sender, "hi", meta.replace('\'', '"'), null, false));
  }

  @ParameterizedTest(name = "{0} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "-",
      value = {
        "-100123 | {'message':{'chat':{'id':-100123,'type':'supergroup'},'text':'x'}} | | Telegram",
        "-100123 | {'chat_id':'-100123:topic:5'} | | Telegram: a topic of it",
        "-100123 | {'chat_id':-100123,'sender_chat':{'id':-5}} | | Telegram: posted as a channel",
        "1203@g.us | {'chat':'1203@g.us','participant':'1@s.whatsapp.net'} | | WhatsApp",
        "1203@g.us | {'key':{'remoteJid':'1203@g.us','participant':'1@lid'}} | | Baileys",
        "1203@g.us | {'from':'1203@g.us','author':'1@c.us','id':{'remote':'1203@g.us'}} | | wwebjs",
        "C0123ABCD | {'type':'message','channel':'C0123ABCD','channel_type':'channel'} | | Slack",
        "77 | {'guild_id':'5','channel_id':'77','channel':'#general'} | | Discord",
        "a= | {'envelope':{'dataMessage':{'groupInfo':{'groupId':'a='}}}} | | Signal",
        "19:x@thread.v2 | {'conversation':{'id':'19:x@thread.v2','isGroup':true}} | | Teams",
        "Cabc | {'source':{'type':'group','groupId':'Cabc','userId':'U1'}} | | LINE",
        "!r:x | {'room_id':'!r:x','is_group':true} | | Matrix",
        "#talk | {'target':'#talk'} | | IRC",
        "ch1 | {'data':{'post':{'channel_id':'ch1'},'channel_type':'O'},'broadcast':{'channel_id':'ch1'}} | | Mattermost",
        "Y2Fw | {'entry':[{'changes':[{'value':{'messages':[{'group_id':'Y2Fw'}]}}]}]} | | Cloud API",
        "19:x@thread.v2 | {'channelId':'msteams','conversation':{'id':'19:x@thread.v2;messageid=1'}} | | Teams: the product's name",
        "-5 | {'callback_query':{'message':{'chat':{'id':-5,'type':'group'}}}} | | Telegram: a press",
        "C0123ABCD | {'type':'block_actions','channel':{'id':'C0123ABCD'},'message':{'bot_id':'B1'}} | | Slack: a press",
        "1203@g.us | {'chat':'1203@G.US','key':{'remoteJid':'1203@g.us:12'}} | | WhatsApp: two forms of one id",
        "1203@g.us | {'chat':'1203@g.us','data':{'key':{'remoteJid':'1203@g.us'}}} | | Evolution: the same below",
        "g1 | {'chat':'g1','is_group':true} | | the contract's own names",
        "- | {'is_group':true,'group_name':'Family'} | | a title is no id",
        "- | {'is_group':true,'group':'Family','peer':'x'} | | nor are these",
        "- | {'guild_id':'5','channel':'#general'} | | a channel's name in any server",
        "- | {'chat':'1@g.us','key':{'remoteJid':'2@g.us'}} | | two groups",
        "- | {'is_group':true,'conversation':'1203@g.us'} | | Baileys: the text",
        "- | {'is_group':true,'text':'1203@g.us','quoted':{'chat':'1203@g.us'}} | | a quotation",
        "- | {'is_group':true,'profile':{'group_id':'1203@g.us'}} | | an object that is not known",
        "- | {'is_group':true,'profile':{'chat':{'id':'1203@g.us'}}} | | a chat in such an object",
        "- | {'is_group':true,'chat_id':'undefined'} | | a lost id"
      })
  @DisplayName("The group is the chat that the message itself names")
  void groupId(String group, String payload, String empty, String why) {
    var json = StrictJson.parse(payload.replace('\'', '"').getBytes(UTF_8));
    MessageSigns signs = MessageClassifier.ofMeta(json);
    assertThat(signs.kind()).as(why).isEqualTo(MessageKind.GROUP);
    assertThat(signs.group()).as(why).isEqualTo(group);
  }

  @Test
  @DisplayName("Without groups: pair every message in a group is dropped")
  void dropped() {
    world.gate().allow("sms", "main", "group:g1");
    assertThat(receive("sms", "main", "ana", "{'chat':'g1','is_group':true}").decision())
        .isEqualTo(new Drop(DropReason.GROUP));
  }

  @ParameterizedTest(name = "{0} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "sms | group:g1 | {'chat':'g1','is_group':true}",
        "telegram | -100123 | {'chat':{'id':-100123,'type':'supergroup'}}",
        "whatsapp | group:120363@g.us | {'chat':'120363@G.US'}",
        "whatsapp | group:120363@g.us | {'chat':'whatsapp:120363@g.us'}",
        "telegram | -100123 | {'chat':'telegram:-100123'}",
        "whatsapp | group:15550001111 | {'chat':'15550001111','is_group':true}",
        "slack | group:C0123ABCD | {'channel':'C0123ABCD','channel_type':'channel'}"
      })
  @DisplayName("A group's first message makes a silent request for the group")
  void request(String channel, String group, String meta) {
    InboundOutcome outcome = receive(channel, "paired", "15550001111", meta);
    assertThat(outcome.decision()).isInstanceOf(Challenge.class);
    assertThat(((Challenge) outcome.decision()).request().sender().senderId()).isEqualTo(group);
    assertThat(outcome.delivery()).isEqualTo(DeliveryResult.SILENT);
    assertThat(outcome.challengeText()).isNull();
    assertThat(world.outbox().waiting()).isZero();
    assertThat(world.gate().pending()).hasSize(1);
  }

  @Test
  @DisplayName("A member's approval does not count for the group, nor the reverse")
  void approvals() {
    world.gate().allow("sms", "paired", "ana");
    assertThat(receive("sms", "paired", "ana", "{'chat':'g1','is_group':true}").decision())
        .isInstanceOf(Challenge.class);
    assertThat(receive("sms", "paired", "ana", "{}").decision()).isInstanceOf(Admit.class);
    world.gate().allow("sms", "paired", "group:g2");
    assertThat(receive("sms", "paired", "eve", "{'chat':'g2','is_group':true}").decision())
        .isInstanceOf(Admit.class);
    assertThat(receive("sms", "paired", "eve", "{}").decision()).isInstanceOf(Challenge.class);
    assertThat(receive("sms", "paired", "group:g2", "{}").decision())
        .isEqualTo(new Drop(DropReason.REJECTED_SENDER));
    assertThat(receive("sms", "paired", "g2", "{}").decision()).isInstanceOf(Challenge.class);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "matrix | {'is_direct':true,'chat_id':'!dm:h','content':{'body':'hi','group_id':'!ok:h'}} | content below a private room",
        "matrix | {'is_group':true,'chat_id':'!lobby:h','content':{'body':'hi','group_id':'!ok:h'}} | below another room",
        "matrix | {'is_group':true,'content':{'body':'hi','group_id':'!ok:h'}} | below none",
        "matrix | {'is_group':true,'content':{'room':{'id':'!ok:h'}}} | a room in content",
        "matrix | {'is_group':true,'content':{'message':{'chat_id':'!ok:h'}}} | a message in content",
        "matrix | {'is_direct':true,'message':{'group_id':'!ok:h'}} | the plugin says that it is private",
        "matrix | {'is_group':false,'message':{'group_id':'!ok:h'}} | in other words",
        "matrix | {'chat_type':'private','group_id':'!ok:h'} | by the type of the chat",
        "matrix | {'is_group':true,'chat_id':'!lobby:h','message':{'group_id':'!ok:h'}} | two ids",
        "teams | {'conversation':{'conversationType':'personal','id':'a:1'},'value':{'groupId':'!ok:h'}} | a card's value",
        "teams | {'value':{'groupId':'!ok:h'}} | a card's value alone",
        "web | {'chat_id':'s-1','data':{'group_id':'!ok:h'}} | data of a web chat",
        "web | {'data':{'group_id':'!ok:h'}} | data alone",
        "web | {'is_group':true,'params':{'envelope':{'dataMessage':{'groupInfo':{'groupId':'!ok:h'}}}}} | parameters",
        "web | {'is_group':true,'raw':{'chat':'!ok:h'}} | raw",
        "web | {'is_group':true,'payload':{'chat':'!ok:h'}} | payload",
        "web | {'is_group':true,'metadata':{'chat':{'id':'!ok:h'}}} | an object that is not known",
        "whatsapp | {'message':{'conversation':'hi','chat':{'id':'!ok:h'},'groupId':'!ok:h'}} | the same without the chat",
        "whatsapp | {'message':{'imageMessage':{'url':'x'},'chat':{'id':'!ok:h'},'groupId':'!ok:h'}} | below a picture",
        "whatsapp | {'key':{'remoteJid':'1@s.whatsapp.net'},'message':{'chat':{'id':'!ok:h'},'groupId':'!ok:h'}} | WhatsApp's own field in a message"
      })
  @DisplayName("Nobody writes in a group of their own with the approval of another")
  void forged(String channel, String meta, String why) {
    world.gate().allow(channel, "paired", "group:!ok:h");
    assertThat(receive(channel, "paired", "15550001111", meta).decision())
        .as(why)
        .isEqualTo(new Drop(DropReason.GROUP));
    assertThat(world.gate().pending()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'kind':'receipt'",
        "'edited':true",
        "'is_history':true",
        "'reaction':'x'",
        "'is_bot':true",
        "'from_me':true"
      })
  @DisplayName("No notice, bot or echo in a group makes a request")
  void notices(String sign) {
    String meta = "{'chat':'g1','is_group':true," + sign + "}";
    assertThat(receive("sms", "paired", "ana", meta).decision()).isInstanceOf(Drop.class);
    assertThat(world.gate().pending()).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1 | telegram | {'message':{'chat':{'id':-1001234567890,'type':'supergroup'},'migrate_from_chat_id':-4123}} | in the supergroup",
        "1 | telegram | {'message':{'chat':{'id':-4123,'type':'group'},'migrate_to_chat_id':-1001234567890}} | in the group",
        "0 | telegram | {'message':{'chat':{'id':-1001234567890,'type':'supergroup'},'migrate_from_chat_id':-4123,'text':'hi'}} | with a text",
        "0 | telegram | {'message':{'chat':{'id':-1001234567890,'type':'supergroup'},'text':'migrate_from_chat_id: -4123'}} | a text that says so",
        "0 | telegram | {'message':{'chat':{'id':-1001234567890,'type':'supergroup'},'reply_to_message':{'migrate_from_chat_id':-4123}}} | a quotation",
        "0 | telegram | {'message':{'chat':{'id':-1001234567890,'type':'supergroup'},'profile':{'migrate_from_chat_id':-4123}}} | an object that is not known",
        "0 | telegram | {'message':{'chat':{'id':-4999,'type':'group'},'migrate_from_chat_id':-4123}} | not a supergroup",
        "0 | telegram | {'message':{'chat':{'id':-1001234567890,'type':'supergroup'},'migrate_from_chat_id':-1009999999999}} | from a supergroup",
        "0 | telegram | {'message':{'chat':{'id':-1001234567890,'type':'supergroup'},'migrate_from_chat_id':4123}} | from a person",
        "0 | sms | {'message':{'chat':{'id':-1001234567890,'type':'supergroup'},'migrate_from_chat_id':-4123}} | another channel"
      })
  @DisplayName("Only Telegram's service message moves a group")
  void moves(int moves, String channel, String meta, String why) {
    receive(channel, "paired", "15550001111", meta);
    assertThat(world.moves()).as(why).hasSize(moves);
    if (moves > 0) {
      assertThat(world.moves())
          .containsExactly("telegram:paired:-4123 to telegram:paired:-1001234567890");
    }
  }
}
