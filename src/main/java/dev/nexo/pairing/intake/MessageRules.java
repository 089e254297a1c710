package dev.nexo.pairing.intake;

import static dev.nexo.pairing.intake.MessageKind.BOT;
import static dev.nexo.pairing.intake.MessageKind.CHANNEL_POST;
import static dev.nexo.pairing.intake.MessageKind.DIRECT;
import static dev.nexo.pairing.intake.MessageKind.EDIT;
import static dev.nexo.pairing.intake.MessageKind.GROUP;
import static dev.nexo.pairing.intake.MessageKind.HISTORY;
import static dev.nexo.pairing.intake.MessageKind.LIFECYCLE;
import static dev.nexo.pairing.intake.MessageKind.OWN_ECHO;
import static dev.nexo.pairing.intake.MessageKind.REACTION;
import static dev.nexo.pairing.intake.MessageKind.RECEIPT;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What the fields of an object prove: those of {@code protocol.md#kinds-of-messages}, and those of
 * the channels' own payloads and of common libraries.
 */
final class MessageRules {

  /** What the value of a field proves; {@link MessageKind#DIRECT} if nothing. */
  interface Rule extends Function<JsonValue, MessageKind> {}

  private static final Map<MessageScope, Map<String, Rule>> RULES =
      Map.of(
          MessageScope.MESSAGE, messageRules(),
          MessageScope.CHAT, chatRules(ChatIds::ofChat),
          MessageScope.CHANNEL, chatRules(ChatIds::ofChannel),
          MessageScope.SOURCE, sourceRules(),
          MessageScope.SENDER, senderRules(),
          MessageScope.PRESS, pressRules(),
          MessageScope.ABOUT, aboutRules());

  private MessageRules() {}

  /** Returns the rules for an object, by the plain name of the field. */
  static Map<String, Rule> of(MessageScope scope) {
    return RULES.get(scope);
  }

  private static Map<String, Rule> messageRules() {
    Map<String, Rule> rules = new HashMap<>();
    // Groups
    groupRules(rules);
    rule(rules, given(GROUP), "serverid participant senderchat");
    rule(rules, isFalse(GROUP), "isdirect isdm isprivate isdirectmessage isim direct dm");
    rule(rules, isFalse(GROUP), "isprivatechat isprivatemessage ispm isonetoone directmessage");
    rule(rules, MessageRules::crowd, "joinedmembers");
    rule(rules, MessageRules::recipients, "displayrecipient");
    rule(
        rules,
        ChatIds::ofChat,
        "chat chats chatid chatguid conversationid remotejid remote jid serialized room roomid peer peerid"
            + " recipient recipients target");
    rule(rules, MessageRules::to, "to");
    rule(rules, ChatIds::ofChannel, "channel channelid");
    rule(rules, ChatIds::ofIdOrText, "conversation");
    rule(rules, ChatIds::ofSender, "from");
    rule(rules, ChatIds::ofMessage, "id messageid");
    rule(
        rules,
        value -> KindNames.find(value, KindNames.SOURCES, DIRECT),
        "sessiontype targettype sourcetype receivertype scope");
    rule(rules, value -> KindNames.find(value, KindNames.CLASSES, DIRECT), "classname");
    rules.put(FieldNames.plain("_"), rules.get("classname"));
    // Channels
    rule(rules, given(CHANNEL_POST), "channelpost editedchannelpost isautomaticforward ischannel");
    rule(rules, given(CHANNEL_POST), "ischannelpost");
    rule(rules, given(CHANNEL_POST), "tweetcreateevents");
    rule(rules, value -> KindNames.find(value, KindNames.VISIBILITIES, DIRECT), "visibility");
    rule(rules, given(CHANNEL_POST), "isbroadcast isstatus isstory isnewsletter storymessage");
    rule(rules, MessageRules::broadcast, "broadcast");
    // Own messages
    rule(rules, given(OWN_ECHO), "fromme isfromme isecho isself isoutgoing issent ownecho");
    rule(rules, given(OWN_ECHO), "isfromself isfromus sentbyme issentbyme sentbyself isown ismine");
    rule(rules, given(OWN_ECHO), "isownmessage isselfmessage sentbybot issentbybot");
    rule(rules, given(OWN_ECHO), "syncmessage devicesentmessage messageechoes smbmessageechoes");
    rule(rules, given(OWN_ECHO), "devicesentmeta");
    rule(rules, isTrue(OWN_ECHO), "own out outgoing outbound echo byme fromself isme mine");
    rule(rules, value -> isTrue(OWN_ECHO).apply(value).or(KindNames.ofDirection(value)), "self");
    rule(rules, KindNames::ofDirection, "direction carbon");
    // Bots
    rule(rules, given(BOT), "isbot botid botprofile webhookid frombot isfrombot");
    rule(rules, given(BOT), "isfromwebhook fromwebhook fromplugin senderbusinessbot");
    rule(rules, MessageRules::bot, "bot");
    rule(rules, value -> KindNames.find(value, KindNames.ROLES, DIRECT), "role");
    rule(
        rules,
        value -> KindNames.find(value, KindNames.SENDERS, DIRECT),
        "sendertype authortype usertype");
    // Earlier messages
    rule(rules, given(HISTORY), "ishistory fromhistory historysync ishistorysync isbackfill");
    rule(rules, given(HISTORY), "ismdhistorymsg");
    rule(rules, isTrue(HISTORY), "historical backfill offline isoffline");
    rule(rules, MessageRules::history, "history");
    rule(rules, given(HISTORY), "historycontext");
    rule(rules, MessageRules::named, "upserttype");
    // Changes, reactions and notices
    rule(rules, given(EDIT), "isedit isedited edited editdate editedat editedtimestamp edit");
    rule(rules, given(EDIT), "editedmessage mnewcontent editmessage");
    rule(rules, given(EDIT), "editedbusinessmessage");
    rule(rules, given(EDIT), "isdeleted deleted isrevoked revoked protocolmessage remotedelete");
    rule(rules, given(EDIT), "deletedbusinessmessages messageedit");
    rule(rules, MessageRules::relation, "mrelatesto relatesto");
    rule(rules, given(REACTION), "reaction isreaction reactionmessage messagereaction");
    rule(rules, given(REACTION), "messagereactioncount associatedmessagetype");
    rule(rules, given(RECEIPT), "receipt receiptmessage isreceipt typing typingmessage istyping");
    rule(rules, given(RECEIPT), "callmessage statuses messagestubtype chatmember mychatmember");
    rule(rules, given(RECEIPT), "chatjoinrequest presence");
    rule(rules, MessageRules::named, "detailtype field posttype");
    MessageFields.KIND_NAMES.forEach(name -> rules.put(name, MessageRules::named));
    return Map.copyOf(rules);
  }

  /** Of an object about something else, the fields that show a group or a channel. */
  private static Map<String, Rule> aboutRules() {
    Map<String, Rule> rules = new HashMap<>();
    messageRules().forEach((name, rule) -> rules.put(name, value -> ofChat(rule.apply(value))));
    // A profile that is not private is not a group.
    FieldNames.names("isprivate direct dm").forEach(rules::remove);
    // The names of a form's fields, and the ids of other things.
    FieldNames.names("field scope id messageid chats").forEach(rules::remove);
    return Map.copyOf(rules);
  }

  private static MessageKind ofChat(MessageKind kind) {
    return isOfChat(kind) ? kind : DIRECT;
  }

  /** Returns whether a kind is shown by the chat, also if an object that is not known names it. */
  static boolean isOfChat(MessageKind kind) {
    return kind == GROUP || kind == CHANNEL_POST;
  }

  private static Map<String, Rule> chatRules(Rule id) {
    Map<String, Rule> rules = new HashMap<>();
    groupRules(rules);
    rule(rules, id, "id jid serialized guid chatidentifier");
    rule(rules, KindNames::ofChatType, "type kind");
    rule(rules, given(CHANNEL_POST), "ischannel isbroadcast isnewsletter");
    rule(rules, isFalse(GROUP), "isdirect isdm isprivate isim");
    rule(rules, MessageRules::crowd, "members");
    return Map.copyOf(rules);
  }

  private static Map<String, Rule> pressRules() {
    Map<String, Rule> rules = new HashMap<>();
    groupRules(rules);
    return Map.copyOf(rules);
  }

  private static Map<String, Rule> sourceRules() {
    Map<String, Rule> rules = new HashMap<>();
    groupRules(rules);
    rule(rules, given(GROUP), "roomid");
    rule(rules, value -> KindNames.find(value, KindNames.SOURCES, DIRECT), "type");
    return Map.copyOf(rules);
  }

  private static Map<String, Rule> senderRules() {
    Map<String, Rule> rules = new HashMap<>();
    groupRules(rules);
    rule(rules, ChatIds::ofSender, "id jid serialized");
    rule(rules, given(BOT), "isbot bot issystem system application");
    rule(rules, given(OWN_ECHO), "self isself isme fromme");
    rule(rules, value -> KindNames.find(value, KindNames.SENDERS, DIRECT), "type");
    rule(rules, value -> KindNames.find(value, KindNames.ROLES, DIRECT), "role");
    return Map.copyOf(rules);
  }

  /** Fields that only a group has, wherever they are. */
  private static void groupRules(Map<String, Rule> rules) {
    rule(rules, given(GROUP), "isgroup isgroupmsg isgroupmessage isgroupchat fromgroup ingroup");
    rule(rules, given(GROUP), "group groupid groupjid groupinfo groupv2 groupcontext groupname");
    rule(rules, given(GROUP), "groupmetadata groupopenid ismpim guildid guild");
    rule(rules, given(GROUP), "issupergroup ismegagroup isgigagroup isroom isforum iscommunity");
    rule(rules, given(GROUP), "isgroupdm isgroupdirect ismultiuser ismultiparty");
    rule(rules, given(GROUP), "teamchannelid teamschannelid teamsteamid");
    // A message that somebody has sent through the bot, in a chat that Telegram does not name
    rule(rules, given(GROUP), "inlinemessageid");
    rule(rules, value -> KindNames.find(value, KindNames.SERVERS, DIRECT), "server");
    rule(
        rules,
        MessageRules::crowd,
        "membercount memberscount joinedmembercount mjoinedmembercount participantcount"
            + " participantscount participants");
    rule(
        rules,
        KindNames::ofChatType,
        "chattype chatkind roomtype peertype peerkind spacetype streamtype threadtype");
    rule(rules, MessageRules::conversationType, "conversationtype channeltype");
  }

  /** The names of Teams and Slack: in a channel of them, many people write. */
  private static MessageKind conversationType(JsonValue value) {
    return KindNames.ofChatType(value) == DIRECT ? DIRECT : GROUP;
  }

  private static Rule given(MessageKind kind) {
    return value -> MessageFields.isGiven(value) ? kind : DIRECT;
  }

  private static Rule isTrue(MessageKind kind) {
    return value -> MessageFields.isYes(value) ? kind : DIRECT;
  }

  private static Rule isFalse(MessageKind kind) {
    return value -> value.equals(JsonValue.NULL) || MessageFields.isGiven(value) ? DIRECT : kind;
  }

  /** More than two people, as a number or by name. */
  private static MessageKind crowd(JsonValue value) {
    boolean many =
        value instanceof JsonNumber number
            ? number.doubleValue() > 2
            : value.getValueType() == JsonValue.ValueType.ARRAY && value.asJsonArray().size() > 2;
    return many ? GROUP : DIRECT;
  }

  /**
   * Judges a chat, or a list of receivers: a message to several phone numbers is a group message.
   */
  private static MessageKind to(JsonValue value) {
    boolean several = value instanceof JsonArray receivers && receivers.size() > 1;
    return several ? GROUP : ChatIds.ofChat(value);
  }

  /** An object of this name is Rocket.Chat's if it has the id of an integration. */
  private static MessageKind bot(JsonValue value) {
    boolean integration = value instanceof JsonObject object && object.containsKey("i");
    return integration || MessageFields.isYes(value) ? BOT : DIRECT;
  }

  /** A list of this name is WhatsApp's if it has threads: a language model gets one, too. */
  private static MessageKind history(JsonValue value) {
    boolean threads =
        value instanceof JsonArray array
            && array.stream()
                .anyMatch(item -> item instanceof JsonObject part && part.containsKey("threads"));
    return threads || MessageFields.isYes(value) ? HISTORY : DIRECT;
  }

  private static MessageKind relation(JsonValue value) {
    JsonValue type = value instanceof JsonObject relation ? relation.get("rel_type") : null;
    return type == null ? DIRECT : KindNames.find(type, KindNames.RELATIONS, DIRECT);
  }

  /** Zulip's recipients: the name of a stream, or the people. */
  private static MessageKind recipients(JsonValue value) {
    return value instanceof JsonString && MessageFields.isGiven(value) ? GROUP : crowd(value);
  }

  /** An object of this name is the part of Mattermost's events that says who receives them. */
  private static MessageKind broadcast(JsonValue value) {
    boolean object = value.getValueType() == JsonValue.ValueType.OBJECT;
    return !object && MessageFields.isGiven(value) ? CHANNEL_POST : DIRECT;
  }

  /** A message with a sender and content is one, whatever else its plugin calls it. */
  private static MessageKind named(JsonValue value) {
    MessageKind kind = MessageFields.named(value);
    if (kind != LIFECYCLE) {
      return kind == null ? DIRECT : kind;
    }
    return KindNames.find(value, KindNames.SYNCS, DIRECT);
  }

  private static void rule(Map<String, Rule> rules, Rule rule, String names) {
    FieldNames.names(names).forEach(name -> rules.put(name, rule));
  }
}
