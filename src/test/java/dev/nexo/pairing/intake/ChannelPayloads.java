package dev.nexo.pairing.intake;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Payloads in the form in which the channels' own interfaces and libraries send them. */
final class ChannelPayloads {

  private ChannelPayloads() {}

  private static Arguments group(String fields, String why) {
    return arguments(MessageKind.GROUP, "{'from':'1','text':'hi'," + fields + "}", why);
  }

  private static Arguments direct(String fields, String why) {
    return arguments(MessageKind.DIRECT, "{'from':'1','text':'hi'," + fields + "}", why);
  }

  static Stream<Arguments> groups() {
    return Stream.of(flatGroups(), nestedGroups()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> flatGroups() {
    return Stream.of(
        group("'group':{'id':'x'}", "a group as an object"),
        group("'group':'Family'", "a group's name"),
        group("'group':7", "a group's number"),
        group("'to':['+15550001111','+15550002222']", "a group of phone numbers (MMS)"),
        group("'message':{'to':[{'number':'+1'},{'number':'+2'}]}", "the same, as objects"),
        group("'is_private_chat':false", "a flag that says that it is not private"),
        group("'isPM':false", "another name of it"),
        group("'event':{'type':'channel.chat.message'}", "Twitch: the chat of a channel"),
        group("'subscription':{'type':'channel.chat.message'}", "Twitch: EventSub"),
        group("'kind':'youtube#liveChatMessage'", "YouTube: the chat of a live stream"),
        group("'chat':{'id':'x','group':{'id':'y'}}", "a group in the chat"),
        group("'type':'app_mention','channel':'C024BE91L'", "Slack: a mention in a channel"),
        group(
            "'type':'app_mention','channel':'D024BE91L'", "Slack sends mentions in channels only"),
        group("'type':'message','channel':'C1'", "Slack: a channel without its type"),
        group("'type':'message','channel':'G024BE91L'", "Slack: a private group"),
        group("'channel':'CABCDEFGH'", "Slack: an id without a digit"),
        group("'channel_id':'C024BE91L'", "Slack: a slash command"),
        group("'chat':'C024BE91L'", "Slack's id in the general field"),
        group("'conversation':{'id':'G024BE91L'}", "Slack's id in an object"),
        group("'channel':{'id':'C024BE91L'}", "Slack: the channel as an object"),
        group("'channel':{'id':'G1'}", "Slack: a group as an object"),
        group("'channel':{'id':'x','is_mpim':true}", "Slack: a conversation of several"),
        group("'channel':{'id':'5','type':3}", "Discord: a group conversation"),
        group(
            "'conversation':{'conversationType':'channel','id':'19:x@thread.tacv2'}",
            "Teams: a channel"),
        group("'conversation':{'conversationType':'groupChat','isGroup':true}", "Teams: a group"),
        group("'conversation':{'isGroup':true}", "Teams: the flag alone"),
        group("'conversation':{'id':'19:x@thread.v2;messageid=1'}", "Teams: the id alone"),
        group("'channelData':{'team':{'id':'t'},'channel':{'id':'19:x@thread.skype'}}", "Teams"),
        group("'channelData':{'teamsTeamId':'x'}", "Teams: an event of a team"),
        group("'source':{'type':'group','groupId':'C1','userId':'U1'}", "LINE: a group"),
        group("'source':{'type':'room','roomId':'R1','userId':'U1'}", "LINE: a room"),
        group("'source':{'type':'room'}", "LINE: the type alone"),
        group("'chat':'C4af4980629da1ed3e8e8c9e0d1e2f3a4'", "LINE: the id alone"),
        group("'space':{'name':'spaces/x','type':'ROOM'}", "Google Chat: a room"),
        group("'space':{'spaceType':'SPACE'}", "Google Chat: a space"),
        group("'space':{'spaceType':'GROUP_CHAT'}", "Google Chat: a conversation of several"),
        group("'channel_type':'O'", "Mattermost: an open channel"),
        group("'data':{'channel_type':'P'}", "Mattermost: a private channel"),
        group("'channel_type':'G'", "Mattermost: a conversation of several"),
        group("'args':[{'msg':'hi'},{'roomType':'c','roomName':'x'}]", "Rocket.Chat: a channel"),
        group("'type':'stream','display_recipient':'general'", "Zulip: a stream"),
        group("'message':{'display_recipient':'general'}", "Zulip: the stream's name alone"),
        group(
            "'type':'private','display_recipient':[{'id':1},{'id':2},{'id':3}]",
            "Zulip: a conversation of three"),
        group("'target':'#chan'", "IRC"),
        group("'target':'&local'", "IRC: a channel of one server"),
        group("'target':'@#chan'", "IRC: to the operators of a channel"),
        group("'channel':'#chan'", "Twitch and other chats with IRC's names"),
        group("'chat':{'type':'supergroup','id':5}", "Telegram"),
        group("'chat':'-1001234567890:topic:5'", "Telegram: a group with a topic"),
        group("'channel':-1001234567890", "Telegram: the group's number as the channel"),
        group("'chat':'telegram:group:5'", "a prefix that says group"),
        group("'to':['1@g.us']", "WhatsApp: the receiver in an array"),
        group("'remote_jid':'1@g.us:5'", "WhatsApp: something behind the id"),
        group("'recipient':'group.aGk='", "Signal's REST API: the id of a group"),
        group("'streamType':'ROOM'", "Symphony"),
        group("'chatGuid':'iMessage;+;chat123'", "iMessage"),
        group("'roomType':'group'", "Webex"),
        group("'detail_type':'group'", "OneBot"),
        group("'group_openid':'x'", "QQ"),
        group("'conversationType':'2'", "DingTalk"),
        group("'participants':['a','b','c']", "three people by name"));
  }

  private static Stream<Arguments> nestedGroups() {
    return Stream.of(
        group("'raw':{'t':'MESSAGE_CREATE','d':{'guild_id':'9'}}", "Discord: a server's event"),
        group("'d':{'channel_id':'5','guild_id':'9'}", "Discord: without another wrapper"),
        group("'messages':[{'key':{'remoteJid':'1@g.us'}}]", "Baileys: signs in an array"),
        group("'messages':[[{'key':{'participant':'1@lid'}}]]", "an array in an array"),
        group(
            "'entry':[{'changes':[{'value':{'messages':[{'from':'1','group_id':'g',"
                + "'text':{'body':'hi'}}]}}]}]",
            "WhatsApp Cloud API"),
        group("'entry':[{'messaging':[{'thread':{'type':'GROUP'}}]}]", "Messenger"),
        group("'events':[{'source':{'type':'group','groupId':'C1'}}]", "LINE: a request's events"),
        group(
            "'params':{'envelope':{'dataMessage':{'groupV2':{'id':'g'}}}}",
            "signal-cli's JSON-RPC"),
        group("'data':{'data_message':{'group_info':{'groupId':'g'}}}", "signald"),
        group("'event':{'message':{'chat_id':'oc_1','chat_type':'group'}}", "Lark"),
        group("'data':{'chats':[{'guid':'iMessage;+;chat123'}]}", "BlueBubbles"),
        group("'_data':{'id':{'remote':'1@g.us','id':'3EB0'}}", "whatsapp-web.js: a message's id"),
        group("'id':{'remote':{'server':'g.us','user':'1'}}", "whatsapp-web.js: an id in parts"),
        group("'chat':{'id':{'_serialized':'1@g.us'}}", "whatsapp-web.js: a chat's id"),
        group("'message':{'peer_id':{'_':'PeerChannel','channel_id':5}}", "Telethon"),
        group("'message':{'peerId':{'className':'PeerChat','chatId':'5'}}", "GramJS"),
        group("'chat':{'messagePayload':{'space':{'spaceType':'SPACE'}}}", "Google Workspace"),
        group(
            "'stream':{'streamId':'x','streamType':'MIM'}", "Symphony: a conversation of several"),
        group("'unheard_of':{'isGroup':true}", "an unknown wrapper"),
        group("'identity':{'isGroup':true}", "a name with another word in it"),
        group("'_embedded':{'chat':{'type':'group'}}", "HAL"),
        group("'unheard_of':[{'x':{'chat':{'type':'group'}}}]", "an unknown wrapper of arrays"),
        group("'sender':{'profile':{'x':1},'chat':{'type':'group'}}", "below the sender"),
        group("'from_contact':{'isGroup':true}", "whatsapp-web.js: the group as a contact"),
        group(
            "'a':{'b':{'c':{'d':{'e':{'f':{'g':{'h':{'is_group':true}}}}}}}}", "eight levels deep"),
        group(
            "'is_group':false,'a':[{'b':[{'c':[{'d':[{'e':[{'remoteJid':'1@g.us'}]}]}]}]}]",
            "deep in arrays, and a flag that says otherwise"));
  }

  static Stream<Arguments> direct() {
    return Stream.of(directToBot(), aboutOthers()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> directToBot() {
    return Stream.of(
        direct("'group':null,'group_id':'','is_group':false", "no group"),
        direct("'channel':'whatsapp','to':'+15550001111'", "a channel's name"),
        direct("'to':['+15550001111']", "a message to one number (MMS)"),
        direct("'private':false,'message_type':'incoming'", "Chatwoot: not a note of the team"),
        direct("'status':{'visibility':'direct'}", "Mastodon"),
        direct("'note':{'visibility':'specified'}", "Misskey"),
        direct("'channel':'GSM','target':'+15550001111'", "a modem's name"),
        direct("'to':['49@s.whatsapp.net'],'jid':'ana@g.users.org'", "another domain"),
        direct("'stream':{'type':'audio'},'participants':['a','b']", "a voice message's stream"),
        direct("'chat':'CUSTOMER-7','conversation_id':'C1'", "an id of a customer"),
        direct(
            "'type':'event_callback','team_id':'T1','event':{'type':'message','channel':"
                + "'D024BE91L','channel_type':'im','user':'U1','team':'T1'},'authorizations':"
                + "[{'team_id':'T1','user_id':'U2','is_bot':true}]",
            "Slack"),
        direct("'type':'message','channel':'D024BE91L'", "Slack: without the channel's type"),
        direct("'channel':{'id':'D024BE91L','is_im':true,'is_group':false}", "Slack: an object"),
        direct(
            "'assistant_thread':{'context':{'channel_id':'C024BE91L'}},'channel':'D1'",
            "Slack: what the person looks at"),
        direct(
            "'type':'message','channelId':'msteams','recipient':{'id':'28:x','name':'bot'},"
                + "'conversation':{'conversationType':'personal','id':'a:1x','tenantId':'t'},"
                + "'channelData':{'tenant':{'id':'t'}},'entities':[{'type':'clientInfo'}]",
            "Teams"),
        direct(
            "'events':[{'type':'message','source':{'type':'user','userId':'U1'},'message':"
                + "{'type':'text','id':'5','text':'hi'}}]",
            "LINE"),
        direct(
            "'raw':{'op':0,'t':'MESSAGE_CREATE','d':{'type':0,'channel_id':'5','author':{'id':'1',"
                + "'primary_guild':{'identity_guild_id':'9'}},'content':'hi','mentions':[]}}",
            "Discord"),
        direct(
            "'messages':[{'key':{'remoteJid':'1@s.whatsapp.net','fromMe':false,'id':'x'},"
                + "'broadcast':false,'message':{'conversation':'#hi'}}],'type':'notify'",
            "Baileys"),
        direct(
            "'object':'whatsapp_business_account','entry':[{'id':'9','changes':[{'field':"
                + "'messages','value':{'messaging_product':'whatsapp','metadata':"
                + "{'phone_number_id':'7'},'contacts':[{'wa_id':'1','profile':{'name':'Ana'}}],"
                + "'messages':[{'from':'1','id':'wamid.x','type':'text','text':{'body':'hi'}}]}}]}]",
            "WhatsApp Cloud API"),
        direct(
            "'object':'page','entry':[{'messaging':[{'sender':{'id':'1'},'recipient':{'id':'9'},"
                + "'message':{'mid':'x','text':'hi'}}]}]",
            "Messenger"),
        direct(
            "'type':'MESSAGE','space':{'name':'spaces/x','type':'DM','spaceType':'DIRECT_MESSAGE',"
                + "'singleUserBotDm':true},'message':{'sender':{'name':'users/1','type':'HUMAN'},"
                + "'thread':{'name':'spaces/x/threads/y'}}",
            "Google Chat"),
        direct(
            "'event':'posted','data':{'channel_type':'D','post':'{}','team_id':''},'broadcast':"
                + "{'omit_users':null,'user_id':'','channel_id':'x','team_id':''}",
            "Mattermost"),
        direct("'args':[{'rid':'x','msg':'hi','u':{'_id':'1'}},{'roomType':'d'}]", "Rocket.Chat"),
        direct(
            "'params':{'envelope':{'sourceNumber':'+1','dataMessage':{'message':'hi',"
                + "'groupInfo':null}}}",
            "signal-cli"),
        direct(
            "'trigger':'direct_message','message':{'type':'private','sender_id':1,"
                + "'display_recipient':[{'id':1},{'id':2}]}",
            "Zulip"),
        direct("'command':'PRIVMSG','target':'pairingbot'", "IRC"),
        direct(
            "'event':'message','sender':{'id':'x==','name':'Ana'},'message':{'type':'text',"
                + "'text':'hi'},'silent':false",
            "Viber"),
        direct("'message':{'chat':{'id':1,'type':'private'},'from':{'id':1}}", "Telegram"),
        direct("'message':{'peer_id':{'_':'PeerUser','user_id':5}}", "Telethon"),
        direct("'room_id':'!x:example.org','is_direct':true", "Matrix"),
        direct(
            "'data':{'isFromMe':false,'chats':[{'guid':'iMessage;-;+1','participants':[{'a':1}]}]}",
            "BlueBubbles"),
        direct("'streamType':'IM'", "Symphony"),
        direct("'chattype':'single'", "WeCom"),
        direct("'event':{'message':{'chat_id':'oc_1','chat_type':'p2p'}}", "Lark"),
        direct("'conversationType':'1'", "DingTalk"),
        direct("'roomType':'direct'", "Webex"),
        direct("'message_type':'private','sub_type':'friend'", "OneBot"),
        direct(
            "'_data':{'id':{'fromMe':false,'remote':'1@c.us','id':'x','_serialized':"
                + "'false_1@c.us_x'},'type':'chat','self':'in','groupMentions':[],"
                + "'isGroup':false},'broadcast':false",
            "whatsapp-web.js"),
        direct("'chat':{'id':{'server':'c.us','_serialized':'1@c.us'},'isGroup':false}", "an id"),
        direct("'a':{'b':{'c':{'d':{'e':{'f':{'g':{'h':{'is_group':false}}}}}}}}", "no sign deep"),
        direct("'user':{'profile':{'is_private':false}}", "Instagram: a public profile"));
  }

  private static Stream<Arguments> aboutOthers() {
    return Stream.of(
        direct(
            "'message':{'extendedTextMessage':{'text':'hi','contextInfo':{'participant':'2@lid',"
                + "'remoteJid':'1@g.us','quotedMessage':{'conversation':'x'}}}}",
            "Baileys: a private answer to a message in a group"),
        direct(
            "'message':{'groupInviteMessage':{'groupJid':'1@g.us','groupName':'x'}}",
            "Baileys: a person sends an invitation"),
        direct(
            "'message':{'reply_to_message':{'chat':{'id':-5,'type':'group'}},"
                + "'forward_origin':{'type':'channel','chat':{'id':-100,'type':'channel'}}}",
            "Telegram: an answer and a forwarded post"),
        direct("'message':{'chat_shared':{'request_id':1,'chat_id':-100}}", "Telegram: a choice"),
        direct("'message':{'story':{'id':1,'chat':{'id':-100}}}", "Telegram: a story of a channel"),
        direct(
            "'d':{'message_reference':{'guild_id':'9'},'referenced_message':{'channel_id':'5'},"
                + "'sticker_items':[{'id':'1','guild_id':'9'}],'mention_channels':[{'guild_id':'9'}]}",
            "Discord: a forwarded message of a server"),
        direct(
            "'event':{'channel':'D1','blocks':[{'elements':[{'type':'channel','channel_id':'C1'}]}],"
                + "'attachments':[{'channel_id':'C1','is_share':true}],'files':[{'group':'x'}]}",
            "Slack: a channel named in the text, and a shared message"),
        direct(
            "'entry':[{'changes':[{'value':{'messages':[{'context':{'from':'9','id':'x',"
                + "'forwarded':true}}]}}]}]",
            "WhatsApp Cloud API: an answer"));
  }

  static Stream<Arguments> other() {
    return Stream.of(
        arguments(
            MessageKind.OWN_ECHO,
            "{'from':'1','entry':[{'messaging':[{'message':{'is_echo':true,'text':'hi'}}]}]}",
            "Messenger: an echo in an array"),
        arguments(
            MessageKind.OWN_ECHO,
            "{'from':'1','id':{'fromMe':true,'remote':'1@c.us'},'body':'hi'}",
            "whatsapp-web.js: an echo"),
        arguments(
            MessageKind.DIRECT,
            "{'from':'1','entry':[{'changes':[{'value':{'messages':[{'type':'image',"
                + "'image':{'id':'x'}}]}}]}]}",
            "WhatsApp Cloud API: a picture"),
        arguments(
            MessageKind.RECEIPT,
            "{'from':'1','entry':[{'changes':[{'value':{'statuses':[{'status':'read'}]}}]}]}",
            "WhatsApp Cloud API: a receipt"),
        arguments(
            MessageKind.CHANNEL_POST,
            "{'from':'1','text':'hi','messages':[{'key':{'remoteJid':'status@broadcast'}}]}",
            "Baileys: a status in an array"),
        arguments(
            MessageKind.BOT,
            "{'from':'1','text':'hi','events':[{'message':{'subtype':'bot_message'}}]}",
            "a bot in an array"));
  }

  static Stream<Arguments> ownEchoes() {
    MessageKind kind = MessageKind.OWN_ECHO;
    return Stream.of(
        arguments(kind, "{'from':'1','from_me':true,'text':'hi'}", "the flag"),
        arguments(
            kind, "{'from':'1','key':{'fromMe':true,'remoteJid':'1@c.us'},'text':'hi'}", "Baileys"),
        arguments(
            kind,
            "{'from':'1','from_me':true,'is_group':true,'is_bot':true,'text':'hi'}",
            "an echo of a bot in a group"),
        arguments(kind, "{'from':'1','message':{'is_echo':true,'text':'hi'}}", "Messenger"),
        arguments(kind, "{'from':'1','direction':'outgoing','text':'hi'}", "SMS gateways"),
        arguments(
            kind,
            "{'from':'+1','envelope':{'syncMessage':{'sentMessage':{'message':'hi'}}}}",
            "Signal"),
        arguments(kind, "{'from':'1','from_me':true}", "without content"));
  }

  static Stream<Arguments> bots() {
    MessageKind kind = MessageKind.BOT;
    return Stream.of(
        arguments(kind, "{'from':'1','is_bot':true,'text':'hi'}", "the flag"),
        arguments(kind, "{'from':{'id':1,'is_bot':true},'text':'hi'}", "Telegram"),
        arguments(kind, "{'from':'1','author':{'bot':true},'text':'hi'}", "Discord"),
        arguments(kind, "{'from':'1','webhook_id':'5','text':'hi'}", "Discord: a webhook"),
        arguments(kind, "{'from':'1','subtype':'bot_message','text':'hi'}", "Slack"),
        arguments(kind, "{'from':'1','bot_id':'B1','text':'hi'}", "Slack: an app"),
        arguments(kind, "{'from':'1','sender_type':'bot','text':'hi'}", "Intercom and others"));
  }
}
