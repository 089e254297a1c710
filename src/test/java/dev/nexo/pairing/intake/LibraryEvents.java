package dev.nexo.pairing.intake;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Echoes, messages of bots, changes and old messages in the form of libraries and gateways. */
final class LibraryEvents {

  private LibraryEvents() {}

  private static Arguments of(MessageKind kind, String payload, String why) {
    return Arguments.of(kind, payload, why);
  }

  static Stream<Arguments> changes() {
    return Stream.concat(edits(), reactions());
  }

  private static Stream<Arguments> edits() {
    MessageKind kind = MessageKind.EDIT;
    return Stream.of(
        of(kind, "{'from':'1','text':'x','event':'messages.edited'}", "Evolution"),
        of(kind, "{'from':'1','text':'x','event':'messages.delete'}", "Evolution: a deletion"),
        of(
            kind,
            "{'from':'1','text':'x','entry':[{'messaging':[{'message_edit':{'text':'x'}}]}]" + "}",
            "Instagram"),
        of(
            kind,
            "{'from':'1','text':'x','content':{'m.relates_to':{'rel_type':'m.replace'}}}",
            "Matrix: the relation alone"),
        of(
            kind,
            "{'from':'1','text':'x','relates_to':{'rel_type':'m.replace'}}",
            "Matrix: at the top"),
        of(
            kind,
            "{'from':'1','text':'x','message':{'ephemeralMessage':{'message':{'editedMessag"
                + "e':{'message':{'conversation':'x'}}}}}}",
            "Baileys: below a wrapper"),
        of(
            kind,
            "{'from':'1','text':'x','message':{'ephemeralMessage':{'message':{'protocolMess"
                + "age':{'type':'REVOKE'}}}}}",
            "Baileys: a deletion below a wrapper"),
        of(
            kind,
            "{'from':'1','text':'x','message':{'ephemeralMessage':{'message':{'viewOnceMess"
                + "ageV2':{'message':{'protocolMessage':{'type':0}}}}}}}",
            "Baileys: below two wrappers"));
  }

  private static Stream<Arguments> reactions() {
    MessageKind kind = MessageKind.REACTION;
    return Stream.of(
        of(
            kind,
            "{'from':'1','text':'x','message':{'ephemeralMessage':{'message':{'reactionMess"
                + "age':{'text':'x'}}}}}",
            "Baileys: below a wrapper"),
        of(
            kind,
            "{'from':'1','text':'x','content':{'m.relates_to':{'rel_type':'m.annotation'}}}",
            "Matrix: the relation"),
        of(
            kind,
            "{'from':'1','text':'x','data':{'text':'Loved','associatedMessageType':'love'}}",
            "iMessage"));
  }

  static Stream<Arguments> ownEchoes() {
    MessageKind kind = MessageKind.OWN_ECHO;
    return Stream.of(
        of(kind, "{'from':'1','text':'hi','self':'out'}", "whatsapp-web.js and WPPConnect"),
        of(kind, "{'from':'1','text':'hi','is_own':true}", "a flag is_own"),
        of(kind, "{'from':'1','text':'hi','isMine':true}", "a flag isMine"),
        of(kind, "{'from':'1','text':'hi','mine':true}", "a flag mine"),
        of(kind, "{'from':'1','text':'hi','is_self_message':true}", "a flag is_self_message"),
        of(kind, "{'from':'1','text':'hi','sent_by_bot':true}", "a flag sent_by_bot"),
        of(
            kind,
            "{'from':'1','text':'hi','Info':{'DeviceSentMeta':{'Phash':'x'}}}",
            "whatsmeow: another device"),
        of(
            kind,
            "{'from':'1','text':'hi','className':'Message','out':true,'message':'hi'}",
            "GramJS and Telethon"),
        of(kind, "{'from':'1','text':'hi','direction':'outbound-api'}", "Twilio: of a program"),
        of(kind, "{'from':'1','text':'hi','direction':'outbound-reply'}", "Twilio: an answer"),
        of(kind, "{'from':'1','text':'hi','direction':'OUTBOX'}", "the folder of a gateway"),
        of(kind, "{'from':'1','text':'hi','direction':'mt'}", "a text message to a phone"),
        of(
            kind,
            "{'from':'1','text':'hi','post_type':'message_sent','message_type':'private'}",
            "OneBot"),
        of(kind, "{'from':'1','text':'hi','field':'smb_message_echoes'}", "Cloud API: an echo"),
        of(kind, "{'from':'1','text':'hi','from_user':{'id':1,'is_self':true}}", "Pyrogram"),
        of(kind, "{'from':'1','text':'hi','sent_by_me':true}", "a flag"),
        of(kind, "{'from':'1','text':'hi','from_self':'True'}", "another flag"),
        of(kind, "{'from':'1','text':'hi','carbon':'sent'}", "XMPP: a copy of an own message"),
        of(kind, "{'from':'1','text':'hi','event':'send.message'}", "Evolution"),
        of(kind, "{'from':'1','text':'hi','type':'OutgoingMessage'}", "a type"),
        of(
            kind,
            "{'from':'1','text':'hi','id':'true_1@c.us_3EB0'}",
            "whatsapp-web.js: the id of the message"),
        of(
            kind,
            "{'from':'1','entry':[{'changes':[{'value':{'message_echoes':[{'from':'1',"
                + "'text':{'body':'hi'}}]},'field':'smb_message_echoes'}]}]}",
            "Cloud API: an echo in its place"),
        of(
            kind,
            "{'from':'1','message':{'deviceSentMessage':{'message':{'conversation':'x'}}}}",
            "Baileys: sent by another device"),
        of(
            kind,
            "{'from':5,'business_message':{'from':{'id':5},'chat':{'id':7,"
                + "'type':'private'},'text':'hi'}}",
            "Telegram: a business writes to a customer"));
  }

  static Stream<Arguments> bots() {
    MessageKind kind = MessageKind.BOT;
    return Stream.of(
        of(kind, "{'from':'1','text':'hi','from_user':{'id':1,'is_bot':true}}", "Pyrogram"),
        of(
            kind,
            "{'text':'hi','from':{'id':'28:b','role':'bot'},"
                + "'conversation':{'conversationType':'personal'}}",
            "Bot Framework"),
        of(
            kind,
            "{'text':'hi','from':{'id':'x','application':{'id':'b'},'user':null},"
                + "'chatType':'oneOnOne'}",
            "Graph"),
        of(
            kind,
            "{'from':'1','text':'hi','data':{'channel_type':'D',"
                + "'post':{'props':{'from_bot':'true'}}}}",
            "Mattermost"),
        of(
            kind,
            "{'from':'1','text':'hi','data':{'channel_type':'D',"
                + "'post':{'props':{'from_webhook':'true'}}}}",
            "Mattermost: a webhook"),
        of(kind, "{'from':'1','text':'hi','sender':{'type':'agent_bot'}}", "Chatwoot"),
        of(kind, "{'from':'1','text':'hi','bot':{'i':'x'}}", "Rocket.Chat"),
        of(kind, "{'from':'1','text':'hi','role':'assistant'}", "a chat with a model"),
        of(kind, "{'from':'1','text':'hi','actor':{'type':'Application'}}", "Nextcloud"),
        of(
            kind,
            "{'from':'1','text':'hi','type':'message','message':{'author':{'bot':true}},"
                + "'data':{'custom_id':'x'}}",
            "a press without a person"),
        of(
            kind,
            "{'from':5,'business_message':{'from':{'id':5},'chat':{'id':5,"
                + "'type':'private'},'sender_business_bot':{'id':9,'is_bot':true},'text':'hi'}}",
            "Telegram: the bot writes for a business"));
  }

  static Stream<Arguments> history() {
    MessageKind kind = MessageKind.HISTORY;
    return Stream.of(
        of(kind, "{'from':'1','body':'x','isMdHistoryMsg':true}", "whatsapp-web.js"),
        of(kind, "{'from':'1','payload':{'body':'x','_data':{'isMdHistoryMsg':true}}}", "WAHA"),
        of(kind, "{'from':'1','text':'x','event':'messages.set'}", "Evolution"),
        of(kind, "{'from':'1','text':'x','event':'messaging-history.set'}", "Baileys"),
        of(
            kind,
            "{'from':'1','text':'x','entry':[{'changes':[{'field':'history',"
                + "'value':{'history':[{'threads':[]}]}}]}]}",
            "Cloud API"),
        of(
            kind,
            "{'from':'1','text':'x','value':{'history':[{'threads':[]}]}}",
            "Cloud API: its value alone"),
        of(
            kind,
            "{'from':'1','text':'x','messages':[{'history_context':{'status':'READ'}}]}",
            "Cloud API: one message"));
  }
}
