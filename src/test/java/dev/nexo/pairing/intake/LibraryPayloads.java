package dev.nexo.pairing.intake;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Messages of people in the form in which libraries and gateways send them. */
final class LibraryPayloads {

  private LibraryPayloads() {}

  private static Arguments of(MessageKind kind, String payload, String why) {
    return Arguments.of(kind, payload, why);
  }

  static Stream<Arguments> direct() {
    return Stream.of(presses(), types(), contents(), noContents()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> presses() {
    MessageKind kind = MessageKind.DIRECT;
    return Stream.of(
        of(
            kind,
            "{'from':'U1','type':'block_actions','user':{'id':'U1'},"
                + "'container':{'type':'message','channel_id':'D012'},'channel':{'id':'D012'},"
                + "'message':{'bot_id':'B1','type':'message','user':'UB','text':'press'},"
                + "'actions':[{'action_id':'a'}]}",
            "Slack: a press below the bot's message"),
        of(
            kind,
            "{'from':'U1','type':'view_submission','user':{'id':'U1'},"
                + "'view':{'bot_id':'B1','type':'modal'}}",
            "Slack: a form"),
        of(
            kind,
            "{'from':'1','type':3,'channel':{'id':'9','type':1},'user':{'id':'1'},"
                + "'message':{'id':'5','type':0,'author':{'id':'99','bot':true},"
                + "'content':'press'},'data':{'custom_id':'x','component_type':2}}",
            "Discord: a press"),
        of(
            kind,
            "{'from':'1','type':5,'channel':{'type':1},'message':{'author':{'bot':true}},"
                + "'data':{'custom_id':'x'}}",
            "Discord: a form"),
        of(
            kind,
            "{'from':'1','type':2,'channel':{'id':'9','type':1},'user':{'id':'1'},"
                + "'data':{'id':'1','name':'ask','type':1}}",
            "Discord: a command"),
        of(
            kind,
            "{'from':'users/1','type':'CARD_CLICKED','message':{'sender':{'type':'BOT'},"
                + "'text':'x','space':{'type':'DM'}},'space':{'type':'DM'},"
                + "'user':{'type':'HUMAN'},'action':{'actionMethodName':'a'}}",
            "Google Chat: a press"),
        of(
            kind,
            "{'from':{'id':'29:1'},'type':'message','value':{'choice':'a'},"
                + "'conversation':{'conversationType':'personal','id':'a:1'}}",
            "Teams: a card that was filled in"),
        of(
            kind,
            "{'from':{'id':'29:1'},'type':'invoke','value':{'action':{'verb':'x'}},"
                + "'conversation':{'conversationType':'personal','id':'a:1'}}",
            "Teams: a button of a card"),
        of(
            kind,
            "{'from':'1','entry':[{'messaging':[{'sender':{'id':'1'},"
                + "'postback':{'title':'Start','payload':'GS'}}]}]}",
            "Messenger: a press"),
        of(
            kind,
            "{'from':'U1','events':[{'type':'postback','source':{'type':'user',"
                + "'userId':'U1'},'postback':{'data':'x'}}]}",
            "LINE: a press"));
  }

  private static Stream<Arguments> types() {
    MessageKind kind = MessageKind.DIRECT;
    return Stream.of(
        of(
            kind,
            "{'from':1,'text':'hi','chat':{'@type':'chat','id':1,"
                + "'type':{'@type':'chatTypePrivate','user_id':1}}}",
            "TDLib: a private chat"),
        of(
            kind,
            "{'from':'1','text':'hi','chat_type':'ChatType.PRIVATE'}",
            "Python: an enumeration"),
        of(
            kind,
            "{'from':'1','text':'hi','chat':{'_':'Chat','id':1,'type':'ChatType.PRIVATE'}}",
            "Pyrogram: in the chat"),
        of(
            kind,
            "{'from':'1','text':'hi','chat_type':'<ChatType.PRIVATE: \u0060private\u0060>'}",
            "Python: an enumeration in full"),
        of(kind, "{'from':'1','text':'hi','channel_type':'ChannelType.private'}", "discord.py"),
        of(
            kind,
            "{'from':'1','text':'hi','channel':{'id':'1','type':'DM_CHANNEL'}}",
            "Discord by name"),
        of(
            kind,
            "{'from':'1','text':'hi','chat_type':'undefined','room_type':'None'}",
            "a type that a plugin has lost"),
        of(
            kind,
            "{'from':'1','text':'hi','participant':'undefined','isGroup':'None',"
                + "'group_id':'nil'}",
            "flags that a plugin has lost"),
        of(kind, "{'from':'1','text':'hi','is_group':'off'}", "a flag that is off"),
        of(
            kind,
            "{'from':'1','text':'hi','session_type':'private','target_type':'user',"
                + "'peer_kind':'direct','scope':'dm','chat_kind':'dm'}",
            "a session and a target of one person"),
        of(
            kind,
            "{'from':'1','text':'hi','session_type':'assistant','source_type':'ad'}",
            "a session of another kind"),
        of(
            kind,
            "{'from':'1@c.us','body':'join','type':'groups_v4_invite',"
                + "'inviteV4':{'groupId':'1@g.us'}}",
            "whatsapp-web.js: a person invites the bot"),
        of(
            kind,
            "{'from':1,'message':{'chat':{'id':1,'type':'private'},'text':'hi',"
                + "'gift':{'gift':{'publisher_chat':{'id':-100,'type':'channel'}}}}}",
            "Telegram: a gift of a channel"),
        of(
            kind,
            "{'from':'1','d':{'channel_type':1,'content':'join','application':{'id':'1',"
                + "'guild_id':'5'}}}",
            "Discord: an invitation to an activity"),
        of(kind, "{'from':'1','text':'no'}", "a message whose only word is no"),
        of(kind, "{'from':'1','message':{'conversation':'None'}}", "none as an answer"));
  }

  private static Stream<Arguments> contents() {
    MessageKind kind = MessageKind.DIRECT;
    return Stream.of(
        of(kind, "{'from':'1@c.us','hasMedia':true,'body':''}", "whatsapp-web.js: the flag alone"),
        of(
            kind,
            "{'from':'1','kind':'message','mime':'image/png','local_path':'/x'}",
            "a file by its type"),
        of(
            kind,
            "{'from':'1','kind':'message','mimetype':'audio/ogg','url':'x'}",
            "another name of the type"),
        of(kind, "{'from':'1','kind':'message','media_id':'x'}", "a file by its id"),
        of(kind, "{'from':'1','kind':'message','file_id':'x'}", "Telegram: a file by its id"),
        of(kind, "{'from':'1','kind':'message','images':['x']}", "pictures in an array"),
        of(kind, "{'from':'1','kind':'message','lat':1.5,'lng':2}", "a location in two numbers"),
        of(kind, "{'from':'1','kind':'voice_note'}", "a kind of Matrix bridges"),
        of(kind, "{'from':'1','kind':'audioMessage'}", "WhatsApp's name of a kind"),
        of(kind, "{'from':'1','kind':'link','url':'x'}", "a link"),
        of(kind, "{'from':'+1','NumMedia':'1','MediaUrl0':'x','Body':''}", "Twilio"),
        of(
            kind,
            "{'from':1,'message':{'chat':{'id':1,'type':'private'},'gift':{'gift':{}}}}",
            "Telegram: a gift"),
        of(
            kind,
            "{'from':'1','message':{'documentWithCaptionMessage':{'message':{'documentMessa"
                + "ge':{'caption':'hi'}}}}}",
            "Baileys: documentWithCaptionMessage"),
        of(kind, "{'from':'1','message':{'ptvMessage':{'url':'x'}}}", "Baileys: ptvMessage"),
        of(
            kind,
            "{'from':'1','message':{'pollCreationMessageV3':{'name':'q'}}}",
            "Baileys: pollCreationMessageV3"),
        of(
            kind,
            "{'from':'1','message':{'pollCreationMessageV5':{'name':'q'}}}",
            "Baileys: pollCreationMessageV5"),
        of(
            kind,
            "{'from':'1','message':{'viewOnceMessageV2Extension':{'message':{'audioMessage'"
                + ":{'seconds':1}}}}}",
            "Baileys: viewOnceMessageV2Extension"),
        of(
            kind,
            "{'from':'1','message':{'albumMessage':{'expectedImageCount':2}}}",
            "Baileys: albumMessage"),
        of(
            kind,
            "{'from':'1','message':{'orderMessage':{'orderId':'1'}}}",
            "Baileys: orderMessage"),
        of(
            kind,
            "{'from':'1','message':{'productMessage':{'product':{'title':'1'}}}}",
            "Baileys: productMessage"),
        of(
            kind,
            "{'from':'1','message':{'interactiveResponseMessage':{'body':{'text':'x'}}}}",
            "Baileys: interactiveResponseMessage"),
        of(
            kind,
            "{'from':'1','message':{'groupInviteMessage':{'groupJid':'1@g.us'}}}",
            "Baileys: groupInviteMessage"),
        of(
            kind,
            "{'from':'1','message':{'stickerPackMessage':{'name':'x'}}}",
            "Baileys: stickerPackMessage"),
        of(kind, "{'from':'1','message':{'eventMessage':{'name':'x'}}}", "Baileys: eventMessage"),
        of(
            kind,
            "{'from':'1','message':{'ephemeralMessage':{'message':{'conversation':'hi'}}}}",
            "Baileys: ephemeralMessage"),
        of(
            kind,
            "{'from':1,'message':{'chat':{'id':1,'type':'private'},"
                + "'paid_media':{'star_count':1}}}",
            "Telegram: paid media"),
        of(
            kind,
            "{'from':1,'message':{'chat':{'id':1,'type':'private'},"
                + "'checklist':{'title':'x'}}}",
            "Telegram: a checklist"),
        of(
            kind,
            "{'from':'@a:h','is_direct':true,'type':'m.poll.start',"
                + "'content':{'m.poll':{'x':1}}}",
            "Matrix: a poll"),
        of(
            kind,
            "{'from':'@a:h','is_direct':true,'type':'org.matrix.msc3381.poll.start',"
                + "'content':{}}",
            "Matrix: a poll of earlier clients"),
        of(
            kind,
            "{'from':'1','messages':[{'type':'unsupported'}]}",
            "Cloud API: what it cannot show"));
  }

  private static Stream<Arguments> noContents() {
    MessageKind kind = MessageKind.RECEIPT;
    return Stream.of(
        of(
            kind,
            "{'from':'1','message':{'senderKeyDistributionMessage':{'groupId':''}}}",
            "Baileys: keys alone"),
        of(
            kind,
            "{'from':'1','message':{'pollUpdateMessage':{'vote':{'x':1}}}}",
            "Baileys: a vote"),
        of(
            kind,
            "{'from':'1','message':{'pinInChatMessage':{'type':1}}}",
            "Baileys: a message is pinned"),
        of(
            kind,
            "{'from':1,'message':{'chat':{'id':1,'type':'private'},"
                + "'pinned_message':{'text':'x'}}}",
            "Telegram: a message is pinned"),
        of(
            kind,
            "{'from':'1','event':'message-receipt.update','data':{'x':1}}",
            "Evolution: the state of messages"));
  }

  static Stream<Arguments> groups() {
    MessageKind kind = MessageKind.GROUP;
    return Stream.of(
        of(kind, "{'from':'1','text':'hi','direct':false}", "a flag direct that is off"),
        of(kind, "{'from':'1','text':'hi','dm':'false'}", "a flag dm that is off"),
        of(
            kind,
            "{'from':'+1','text':'hi','recipients':['group.aGk=']}",
            "Signal's REST API: receivers"),
        of(
            kind,
            "{'from':'@a:h','text':'hi','room':{'joined_member_count':3}}",
            "Matrix: a room of three"),
        of(
            kind,
            "{'from':'U1','type':'block_actions','channel':{'id':'C012ABCDE'},"
                + "'message':{'bot_id':'B1'}}",
            "Slack: a press in a channel"),
        of(
            kind,
            "{'from':'1','type':3,'guild_id':'5','message':{'author':{'bot':true}},"
                + "'data':{'custom_id':'x'}}",
            "Discord: a press in a server"),
        of(
            kind,
            "{'from':'users/1','type':'CARD_CLICKED','message':{'sender':{'type':'BOT'},"
                + "'space':{'type':'ROOM'}}}",
            "Google Chat: a press in a space"),
        of(kind, "{'from':'1','text':'hi','chat_kind':'group'}", "a name of chat_kind"),
        of(kind, "{'from':'1','text':'hi','peer_kind':'group'}", "a name of peer_kind"),
        of(kind, "{'from':'1','text':'hi','session_type':'group'}", "a name of session_type"),
        of(kind, "{'from':'1','text':'hi','target_type':'group'}", "a name of target_type"),
        of(kind, "{'from':'1','text':'hi','source_type':'room'}", "a name of source_type"),
        of(kind, "{'from':'1','text':'hi','scope':'group'}", "a name of scope"),
        of(kind, "{'from':'1','text':'hi','is_supergroup':true}", "the flag is_supergroup"),
        of(kind, "{'from':'1','text':'hi','is_room':true}", "the flag is_room"),
        of(kind, "{'from':'1','text':'hi','is_forum':true}", "the flag is_forum"),
        of(kind, "{'from':'1','text':'hi','is_group_dm':true}", "the flag is_group_dm"),
        of(kind, "{'from':'1','text':'hi','is_multi_user':true}", "the flag is_multi_user"),
        of(
            kind,
            "{'from':1,'text':'hi','chat':{'type':{'@type':'chatTypeSupergroup'}}}",
            "TDLib: a group"),
        of(kind, "{'from':'1','text':'hi','chat_type':'ChatType.GROUP'}", "an enumeration"),
        of(
            kind,
            "{'from':'1','text':'hi','chat_type':'group.private'}",
            "private in the name of a group"),
        of(
            kind,
            "{'from':'1','text':'hi','channel_type':'private_channel'}",
            "a private channel of several"),
        of(
            kind,
            "{'from':'1','text':'hi','message_id':'false_120363@g.us_3EB0_1@c.us'}",
            "whatsapp-web.js: the id of the message"),
        of(
            kind,
            "{'from':'1','text':'hi','id':'false_120363@g.us_3EB0_1@c.us'}",
            "the id of the message as a string"),
        of(
            kind,
            "{'from':'1@g.us','author':'1@c.us','body':'join','type':'groups_v4_invite'}",
            "an invitation in a group"),
        of(
            kind,
            "{'from':'1','message':{'ephemeralMessage':{'message':{'reactionMessage':{'key'"
                + ":{'remoteJid':'1@g.us'}}}}}}",
            "Baileys: a reaction below a wrapper"));
  }
}
