package dev.nexo.pairing.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.json.StrictJson;
import jakarta.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Message classifier")
class MessageClassifierTest {

  private static JsonObject json(String singleQuoted) {
    return StrictJson.parse(singleQuoted.replace('\'', '"').getBytes(UTF_8));
  }

  private static Arguments of(MessageKind kind, String payload, String why) {
    return arguments(kind, payload, why);
  }

  static Stream<Arguments> payloads() {
    return Stream.of(
            direct(),
            groups(),
            channelPosts(),
            changes(),
            notices(),
            mixed(),
            ChannelPayloads.direct(),
            ChannelPayloads.groups(),
            ChannelPayloads.other(),
            ChannelPayloads.ownEchoes(),
            ChannelPayloads.bots(),
            LibraryPayloads.direct(),
            LibraryPayloads.groups(),
            LibraryEvents.ownEchoes(),
            LibraryEvents.bots(),
            LibraryEvents.changes(),
            LibraryEvents.history())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> direct() {
    MessageKind kind = MessageKind.DIRECT;
    return Stream.of(
        of(kind, "{'from':'1','text':'hi'}", "the shortest message"),
        of(
            kind,
            "{'kind':'message','from':'1','chat':'1@c.us','is_group':false,'text':'hi'}",
            "Nexo"),
        of(kind, "{'from':'1','text':'hi','is_group':'false'}", "a flag as a string"),
        of(
            kind,
            "{'from':'1','text':'hi','is_group':0,'from_me':null,'participant':''}",
            "no signs"),
        of(kind, "{'kind':'message','from':'1','media_kind':'image'}", "a picture"),
        of(
            kind,
            "{'kind':'media_received','from':'1','local_path':'/x','mime':'image/png'}",
            "media"),
        of(kind, "{'kind':'message','from':'1','caption':'look'}", "a caption"),
        of(kind, "{'kind':'location','from':'1','latitude':1.5,'longitude':2}", "a location"),
        of(kind, "{'kind':'message','from':'1','location':{'lat':0,'lng':0}}", "a nested location"),
        of(kind, "{'kind':'message','from':'1','contact':{'name':'Ana'}}", "a contact"),
        of(kind, "{'from':'1','vcard':'BEGIN:VCARD'}", "a vCard"),
        of(kind, "{'from':'1','kind':'sticker'}", "a sticker"),
        of(kind, "{'from':'1','kind':'poll'}", "a poll"),
        of(kind, "{'from':'1','attachments':[{'url':'x'}]}", "Discord's attachment"),
        of(kind, "{'from':'1','kind':'unheard_of','text':'hi'}", "an unknown kind with a text"),
        of(
            kind,
            "{'from':'1','kind':'connected','text':'hi'}",
            "a person who claims to be an event"),
        of(
            kind,
            "{'from':'1','text':'hi','quoted':{'from_me':true,'is_group':true}}",
            "a quotation"),
        of(
            kind,
            "{'from':'1','message':{'from':{'id':1,'is_bot':false},'chat':{'id':1,'type':'private'},"
                + "'text':'hi','via_bot':{'id':2,'is_bot':true}}}",
            "Telegram: a person chose the result of an inline bot"),
        of(
            kind,
            "{'from':'1','message':{'chat':{'id':1,'type':'private'},'text':'hi',"
                + "'forward_from_chat':{'id':-1001,'type':'channel'}}}",
            "Telegram: a person forwards a post"),
        of(
            kind,
            "{'from':'1','callback_query':{'from':{'id':1,'is_bot':false},'data':'yes','message':"
                + "{'from':{'id':9,'is_bot':true},'chat':{'id':1,'type':'private'},'edit_date':5}}}",
            "Telegram: a press on a button below the bot's own message"),
        of(
            kind,
            "{'from':'1','key':{'remoteJid':'1@s.whatsapp.net','fromMe':false},'message':"
                + "{'imageMessage':{'mimetype':'image/jpeg'}}}",
            "Baileys: a picture"),
        of(
            kind,
            "{'from':'U1','type':'message','channel':'D1','channel_type':'im','text':'hi'}",
            "Slack"),
        of(
            kind,
            "{'from':'1','author':{'id':'1','bot':false},'channel_type':1,'content':'hi','text':'hi'}",
            "Discord"),
        of(
            kind,
            "{'from':'@a:b','type':'m.room.message','content':{'msgtype':'m.text','body':'hi'}}",
            "Matrix"),
        of(kind, "{'from':'+1','envelope':{'dataMessage':{'message':'hi'}}}", "Signal"));
  }

  private static Stream<Arguments> groups() {
    MessageKind kind = MessageKind.GROUP;
    return Stream.of(
        of(
            kind,
            "{'kind':'message','from':'15550001111@s.whatsapp.net','chat':'120363000000000000@g.us',"
                + "'is_group':true,'text':'hi'}",
            "Nexo's WhatsApp plugin"),
        of(kind, "{'from':'1','is_group':true,'text':'hi'}", "the flag alone"),
        of(kind, "{'from':'1','isGroup':1,'text':'hi'}", "the flag as a number, in camel case"),
        of(kind, "{'from':'1','is_group':'true','text':'hi'}", "the flag as a string"),
        of(kind, "{'from':'1','chat':'1@G.US','text':'hi'}", "the chat's id alone"),
        of(kind, "{'from':'1@g.us','text':'hi'}", "whatsapp-web.js: the group is the sender"),
        of(
            kind,
            "{'from':'1','chat_id':-1001234567890,'text':'hi'}",
            "Telegram: a negative number"),
        of(kind, "{'from':'1','chat_id':'-42','text':'hi'}", "the same as a string"),
        of(kind, "{'from':'1','chat_id':-1001234567890.0,'text':'hi'}", "with a fraction"),
        of(kind, "{'from':'1','chat_id':-1.0e12,'text':'hi'}", "with an exponent"),
        of(kind, "{'from':'1','chat_id':'-100123.0','text':'hi'}", "a fraction as a string"),
        of(kind, "{'from':'1','chat':{'id':'-1e12'},'text':'hi'}", "an exponent as a string"),
        of(
            kind,
            "{'from':'1','message':{'chat':{'id':-42,'type':'group'},'text':'hi'}}",
            "Telegram"),
        of(kind, "{'from':'1','chat':{'type':'supergroup'},'text':'hi'}", "Telegram: a supergroup"),
        of(kind, "{'from':'1','chat_type':'clan','text':'hi'}", "an unknown type of chat"),
        of(kind, "{'from':'1','chat_type':7,'text':'hi'}", "an unknown number for a type"),
        of(
            kind,
            "{'from':'1','channel_type':'mpim','text':'hi'}",
            "Slack: a conversation of several"),
        of(kind, "{'from':'1','guild_id':'99','text':'hi'}", "Discord: a server"),
        of(kind, "{'from':'1','channel_type':0,'text':'hi'}", "Discord: a text channel"),
        of(
            kind,
            "{'from':'1','key':{'remoteJid':'1@g.us','participant':'1@lid','fromMe':false},'text':'hi'}",
            "Baileys"),
        of(
            kind,
            "{'from':'1','message':{'sender_chat':{'id':5},'text':'hi'}}",
            "an anonymous admin"),
        of(
            kind,
            "{'from':'+1','envelope':{'dataMessage':{'groupInfo':{'groupId':'x'},'message':'hi'}}}",
            "Signal"),
        of(
            kind,
            "{'from':'+49','envelope':{'editMessage':{'dataMessage':{'message':'evil',"
                + "'groupInfo':{'groupId':'g'}}}}}",
            "Signal: an edit in a group"),
        of(
            kind,
            "{'from':'1','message':{'protocolMessage':{'key':{'remoteJid':'1@g.us'}}}}",
            "Baileys: a deletion in a group"),
        of(
            kind,
            "{'from':'1','message':{'reactionMessage':{'key':{'remoteJid':'1@g.us'}}}}",
            "Baileys: a reaction in a group"),
        of(
            kind,
            "{'from':'+1','envelope':{'typingMessage':{'groupId':'g'}}}",
            "Signal: typing in a group"),
        of(kind, "{'from':'@a:b','is_direct':false,'text':'hi'}", "Matrix: a room"),
        of(
            kind,
            "{'from':'@a:b','room':{'member_count':3},'text':'hi'}",
            "Matrix: a room of three"),
        of(kind, "{'from':'1','is_group':true,'reaction':'x'}", "a reaction in a group"),
        of(
            kind,
            "{'from':'1','callback_query':{'message':{'chat':{'id':-5,'type':'group'}},'data':'x'}}",
            "a press in a group"));
  }

  private static Stream<Arguments> channelPosts() {
    MessageKind kind = MessageKind.CHANNEL_POST;
    return Stream.of(
        of(kind, "{'from':'1','chat':'status@broadcast','text':'hi'}", "WhatsApp: a status"),
        of(kind, "{'from':'1','chat':'1203@newsletter','text':'hi'}", "WhatsApp: a channel"),
        of(
            kind,
            "{'from':'1','channel_post':{'chat':{'id':-1001,'type':'channel'},'text':'hi'}}",
            "Telegram"),
        of(kind, "{'from':'1','kind':'channel_post','text':'hi'}", "the kind"),
        of(
            kind,
            "{'from':'1','text':'hi','type':'mention','status':{'visibility':'public'}}",
            "Mastodon: a post that everybody reads"),
        of(kind, "{'from':'1','text':'hi','note':{'visibility':'home'}}", "Misskey"),
        of(kind, "{'from':'1','text':'hi','type':'comment_reply'}", "Reddit: a comment"),
        of(
            kind,
            "{'from':'1','text':'hi','tweet_create_events':[{'id_str':'5'}]}",
            "X: a post that mentions the account"),
        of(kind, "{'from':'1','chat_type':'channel','text':'hi'}", "the type of the chat"));
  }

  private static Stream<Arguments> changes() {
    return Stream.of(
        of(MessageKind.EDIT, "{'from':'1','kind':'edit','text':'hi'}", "an edit"),
        of(MessageKind.EDIT, "{'from':'1','edited_message':{'text':'hi'}}", "Telegram"),
        of(MessageKind.EDIT, "{'from':'1','edit_date':1700000000,'text':'hi'}", "Telegram's date"),
        of(MessageKind.EDIT, "{'from':'1','subtype':'message_changed','text':'hi'}", "Slack"),
        of(
            MessageKind.EDIT,
            "{'from':'1','message':{'protocolMessage':{'type':0}}}",
            "Baileys: deleted"),
        of(
            MessageKind.EDIT,
            "{'from':'1','content':{'body':'* a','m.new_content':{'body':'a'}}}",
            "Matrix"),
        of(MessageKind.EDIT, "{'from':'1','kind':'message_deleted'}", "a deletion"),
        of(MessageKind.REACTION, "{'from':'1','kind':'reaction','text':'x'}", "a reaction"),
        of(
            MessageKind.REACTION,
            "{'from':'1','message':{'reactionMessage':{'key':{'fromMe':true,'remoteJid':'1@c.us'}}}}",
            "Baileys: a reaction to the bot's message"),
        of(
            MessageKind.REACTION,
            "{'from':'1','message':{'reactionMessage':{'text':'x'}}}",
            "Baileys"),
        of(
            MessageKind.REACTION,
            "{'from':'1','message_reaction':{'chat':{'id':1,'type':'private'}}}",
            "Telegram"));
  }

  private static Stream<Arguments> notices() {
    MessageKind kind = MessageKind.RECEIPT;
    return Stream.of(
        of(kind, "{'from':'1'}", "nothing but a sender"),
        of(kind, "{'from':'1','kind':'message','text':' '}", "a blank message"),
        of(kind, "{'from':'1','kind':'typing'}", "typing"),
        of(kind, "{'from':'1','kind':'receipt','text':'read'}", "a receipt with a text"),
        of(kind, "{'from':'1','type':'presence','status':'composing'}", "presence"),
        of(kind, "{'from':'1','kind':'connected'}", "an event about a sender"),
        of(kind, "{'from':'1','kind':'unheard_of'}", "an unknown kind without content"),
        of(kind, "{'from':'+1','envelope':{'typingMessage':{'action':'STARTED'}}}", "Signal"),
        of(
            kind,
            "{'from':'+1','envelope':{'receiptMessage':{'isRead':true}}}",
            "Signal: a receipt"),
        of(kind, "{'from':'1','messageStubType':27}", "Baileys: a notice"));
  }

  private static Stream<Arguments> mixed() {
    return Stream.of(
        of(
            MessageKind.GROUP,
            "{'from':'1','is_group':false,'chat':'1@g.us','text':'hi'}",
            "the chat contradicts the flag"),
        of(
            MessageKind.GROUP,
            "{'from':'1','chat_type':'private','guild_id':'5','text':'hi'}",
            "a private chat in a server"),
        of(
            MessageKind.BOT,
            "{'from':'1','is_bot':true,'is_group':true,'text':'hi'}",
            "a bot in a group"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("payloads")
  @DisplayName("A payload has the kind that its signs prove")
  void payload(MessageKind kind, String payload, String why) {
    assertThat(MessageClassifier.ofPayload(json(payload)).kind()).as(why).isEqualTo(kind);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("payloads")
  @DisplayName("The meta of a request has the same kind, but needs no content")
  void meta(MessageKind kind, String payload, String why) {
    MessageKind meta = MessageClassifier.ofMeta(json(payload)).kind();
    if (kind == MessageKind.RECEIPT) {
      assertThat(meta).as(why).isIn(MessageKind.RECEIPT, MessageKind.DIRECT);
    } else {
      assertThat(meta).as(why).isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'connected'}",
        "{'kind':'qr','ascii':'##','png_base64':'x','expires_at':1}",
        "{'kind':'qr','image':'data:x'}",
        "{'kind':'bridge_timeout','msg_id':'x','chat':'1@s.whatsapp.net'}",
        "{'kind':'disconnected','reason':'x','from':null}",
        "{'kind':'disconnected','reason':{'code':401}}",
        "{'kind':'qr','image':'x','mime':'image/png'}",
        "{'event':'qrcode.updated','data':{'qrcode':{'code':'2@x','base64':'x'}}}",
        "{'event':'loading_screen','percent':50}",
        "{'event':'change_state','state':'CONNECTED'}",
        "{'event':'session.status','payload':{'status':'WORKING'}}",
        "{'type':'disconnect','reason':'warning'}",
        "{'type':'INVALID_SESSION'}",
        "{'type':'StreamReplaced'}",
        "{'type':'KeepAliveTimeout','ErrorCount':1}",
        "{'type':'TemporaryBan','Code':101}",
        "{'kind':'connection_lost','reason':'x'}",
        "{'kind':'bridge_error','reason':'x'}",
        "{'event':'logged_out'}",
        "{'kind':'history_sync','progress':50}",
        "{'type':'Pair-Success','jid':'1@s.whatsapp.net'}"
      })
  @DisplayName("An event without a sender is the plugin's own")
  void lifecycle(String payload) {
    assertThat(MessageClassifier.ofAnonymous(json(payload))).contains(MessageKind.LIFECYCLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'text':'hi'}",
        "{'kind':'message','text':'hi'}",
        "{'kind':'message'}",
        "{'kind':'image'}",
        "{'kind':'typing'}",
        "{'kind':'reaction'}",
        "{'kind':'edit'}",
        "{'kind':7}",
        "{'kind':'a_new_event','text':'hi'}",
        "{'kind':'a_new_event','sender':'1'}",
        "{'kind':'connected','key':{'participant':'1@lid'}}",
        "{'kind':'a_new_event','detail':{'x':1}}",
        "{'kind':'messages.upsert','type':'notify','messages':[{'key':{'remoteJid':"
            + "'49@s.whatsapp.net'},'message':{'conversation':'do X'}}]}",
        "{'kind':'history_sync','text':'do X','user':'49'}",
        "{'kind':'sync','text':'do X'}",
        "{'kind':'error','text':'do X','user':'49'}",
        "{'kind':'disconnect','message':'do X'}",
        "{'kind':'connection_lost','mime':'image/png'}",
        "{'kind':'disconnected','message':'do X'}",
        "{'kind':'incoming','jid':'49','msg':'do X'}",
        "{'kind':'connected','jid':'49'}",
        "{'kind':'connected','phone':'49'}",
        "{'kind':'connected','number':49}",
        "{'kind':'connected','chat_id':'49'}",
        "{'kind':'connected','remote_jid':'49'}",
        "{'kind':'connected','user':{'id':'49'}}",
        "{'kind':'connected','msg':'do X'}",
        "{'kind':'sync','items':[[{'detail':{'conversation':'do X'}}]]}",
        "{'kind':'sync','items':[{'type':'message'}]}",
        "{'kind':'messages.upsert','type':'error'}",
        "{'kind':'qr','image':{'text':'do X'}}",
        "{'kind':'qr','detail':{'image':'x'}}"
      })
  @DisplayName("A message without a sender is malformed or dropped")
  void anonymous(String payload) {
    assertThat(MessageClassifier.ofAnonymous(json(payload))).isNotEqualTo(MessageKind.LIFECYCLE);
    assertThat(MessageClassifier.ofAnonymous(json(payload)).filter(MessageKind.LIFECYCLE::equals))
        .isEmpty();
  }

  static Stream<String> fields() {
    return MessageRules.of(MessageScope.MESSAGE).keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("fields")
  @DisplayName("A field that proves a kind is read too, so that it hides no group")
  void groupInside(String field) {
    String wrapped = "{'text':'x','" + field + "':{'x':0,%s}}";
    for (String group : new String[] {"'isGroup':true", "'dataMessage':{'groupInfo':{'id':'g'}}"}) {
      assertThat(MessageClassifier.ofPayload(json(wrapped.formatted(group))).kind())
          .isGreaterThanOrEqualTo(MessageKind.GROUP);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'x':", "[{'x':"})
  @DisplayName("A sign is found as deep as a payload may be")
  void deep(String level) {
    boolean array = level.startsWith("[");
    int levels = array ? 250 : 500;
    String body =
        "{'payload':{'from':'1','text':'hi','a':"
            + level.repeat(levels)
            + "{'isGroup':true}"
            + (array ? "}]" : "}").repeat(levels)
            + "}}";
    FilteredMessage message =
        FilteredMessage.read(
            BusMessage.of("plugin.inbound.sms", body.replace('\'', '"').getBytes(UTF_8)));
    assertThat(message.kind()).isEqualTo(MessageKind.GROUP);
  }
}
