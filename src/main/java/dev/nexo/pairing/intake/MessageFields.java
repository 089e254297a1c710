package dev.nexo.pairing.intake;

import static dev.nexo.pairing.intake.MessageKind.BOT;
import static dev.nexo.pairing.intake.MessageKind.CHANNEL_POST;
import static dev.nexo.pairing.intake.MessageKind.DIRECT;
import static dev.nexo.pairing.intake.MessageKind.EDIT;
import static dev.nexo.pairing.intake.MessageKind.GROUP;
import static dev.nexo.pairing.intake.MessageKind.LIFECYCLE;
import static dev.nexo.pairing.intake.MessageKind.OWN_ECHO;
import static dev.nexo.pairing.intake.MessageKind.REACTION;
import static dev.nexo.pairing.intake.MessageKind.RECEIPT;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The field names and values by which plugins tell the kinds of messages apart: those of {@code
 * protocol.md#kinds-of-messages}, and those of the WhatsApp, Telegram, Discord, Slack, Matrix and
 * Signal libraries. Names are compared in lower case without {@code _}, {@code -}, {@code .} and
 * spaces.
 */
final class MessageFields {

  /** What an object describes, and so what its fields mean. */
  enum Scope {
    /** The message itself, or a wrapper of it. */
    MESSAGE,
    /** The conversation that the message belongs to. */
    CHAT,
    /** The author of the message. */
    SENDER,
    /** A press on a button. The message in it is the bot's own, so only its chat is read. */
    PRESS,
    /** Another message that this one is about, or a notice: only its chat counts. */
    ABOUT
  }

  /** What the value of a field proves; {@link MessageKind#DIRECT} if nothing. */
  interface Rule extends Function<JsonValue, MessageKind> {}

  /** The fields that name the kind of a message or event. */
  static final Set<String> KIND_NAMES =
      names("kind type event eventtype messagetype msgtype subtype updatetype");

  /** The fields in which a person's own words are. */
  static final List<String> TEXTS = List.of("text", "caption", "body");

  /** The fields that show that a person sent something. */
  static final Set<String> CONTENT =
      names(
          "text caption body message msg content conversation extendedtextmessage mediakind media mediatype"
              + " mediaurl image imagemessage photo picture video videomessage videonote audio"
              + " audiomessage voice ptt document documentmessage file files attachment attachments"
              + " sticker stickers stickeritems stickermessage animation gif location"
              + " livelocation locationmessage livelocationmessage latitude venue contact contacts"
              + " contactmessage contactsarraymessage vcard poll pollcreationmessage dice game story"
              + " order product invoice successfulpayment interactive button buttonsresponsemessage"
              + " listresponsemessage templatebuttonreplymessage viewoncemessage"
              + " viewoncemessagev2 ephemeralmessage callbackquery webappdata");

  /** The fields that name a person or a chat. An event with one of them is not the plugin's own. */
  private static final Set<String> PEOPLE =
      names(
          "from sender senderid author authorid participant participants fromid user userid username"
              + " jid lid phone phonenumber number msisdn key chat chatid conversationid room roomid"
              + " channelid remotejid peer peerid to recipient recipientid groupid groupjid messages");

  /** The fields that an event of a plugin has for its own account, code or request, by its kind. */
  private static final Map<String, Set<String>> OWN_FIELDS =
      Map.of(
          "qr", names("image"),
          "qrcode", names("image"),
          "pairsuccess", names("jid"),
          "bridgetimeout", names("chat"));

  private static final Set<String> NOTHING = names("false no 0 null");

  private static final Set<String> YES = names("true yes 1");

  private static final Set<String> PLAIN_MESSAGES =
      names(
          "message text chat msg textmessage mtext mroommessage roommessage private im dm direct");

  private static final Map<String, MessageKind> KINDS =
      kinds(
          DIRECT,
          "message text chat msg textmessage mtext mroommessage roommessage image photo picture video"
              + " videonote audio voice ptt sticker document file location livelocation contact"
              + " contacts contactcard vcard multivcard poll gif animation media mediareceived album"
              + " venue dice game order product interactive button buttons list buttonsresponse"
              + " listresponse callbackquery mimage mvideo maudio mfile mlocation mnotice memote"
              + " msticker private im dm direct fileshare memessage voicemessage",
          GROUP,
          "group groupmessage groupchat supergroup mpim gp2 groupsv4invite",
          CHANNEL_POST,
          "channel channelpost editedchannelpost newsletter broadcast story statusbroadcast",
          BOT,
          "bot botmessage webhook",
          OWN_ECHO,
          "echo messageecho ownecho fromme outgoing outbound sent selfmessage",
          EDIT,
          "edit edited editedmessage messageedited messageedit messagechanged messageupdate"
              + " messageupdated update delete deleted messagedeleted messagedelete revoke revoked"
              + " messagerevoked unsend protocol mroomredaction mreplace",
          REACTION,
          "reaction reactionadded reactionremoved messagereaction messagereactioncount"
              + " reactionmessage mreaction",
          RECEIPT,
          "receipt readreceipt deliveryreceipt read delivered delivery seen played ack messageack"
              + " messagestatus status statusupdate typing composing paused recording presence"
              + " chataction chatstate typingstarted typingstopped mtyping mreceipt mpresence call"
              + " calllog notification notificationtemplate e2enotification channeljoin channelleave"
              + " chatmember mychatmember ciphertext",
          LIFECYCLE,
          "connected connecting disconnected reconnecting reconnected connectionupdate open close"
              + " closed qr qrcode pairingcode pairsuccess pairerror paired unpaired loggedin"
              + " loggedout login logout authenticated authfailure credentialsexpired"
              + " sessionexpired bridgetimeout timeout ready started starting stopped stopping"
              + " startup shutdown online offline resumed hello health heartbeat ping pong error"
              + " warning sync historysync");

  private static final Map<String, MessageKind> CHAT_TYPES =
      kinds(
          DIRECT,
          "private im dm direct directmessage user personal individual onetoone oneonone p2p 1"
              + " chat sender contact",
          CHANNEL_POST,
          "channel newsletter broadcast status story announcement");

  private static final Map<String, MessageKind> SENDER_TYPES =
      kinds(
          BOT,
          "bot app application webhook system service",
          GROUP,
          "group",
          CHANNEL_POST,
          "channel");

  private static final Map<String, MessageKind> DIRECTIONS =
      kinds(OWN_ECHO, "out outgoing outbound sent self");

  /**
   * The objects in an object that are read too. Quoted and forwarded messages are not among them.
   */
  static final Map<Scope, Map<String, Scope>> INNER =
      Map.of(
          Scope.MESSAGE,
              inner(
                  Scope.MESSAGE,
                  "message msg key info data event payload raw update envelope datamessage content"
                      + " post editedmessage businessmessage editedbusinessmessage channelpost"
                      + " editedchannelpost messagereaction unsigned editmessage mnewcontent",
                  Scope.CHAT,
                  "chat conversation room peer thread channel",
                  Scope.SENDER,
                  "from sender author user",
                  Scope.PRESS,
                  "callbackquery"),
          Scope.CHAT, Map.of(),
          Scope.SENDER, Map.of(),
          Scope.PRESS, inner(Scope.ABOUT, "message", Scope.SENDER, "from"),
          Scope.ABOUT,
              inner(
                  Scope.ABOUT,
                  "message msg key info data event payload raw update envelope datamessage content",
                  Scope.CHAT,
                  "chat conversation room peer thread channel"));

  /** The scopes in which a field that proves a kind can have further signs in it. */
  static final Set<Scope> WRAPPING = Set.of(Scope.MESSAGE, Scope.ABOUT);

  /** The fields that prove a kind, by scope. */
  static final Map<Scope, Map<String, Rule>> RULES =
      Map.of(
          Scope.MESSAGE, messageRules(),
          Scope.CHAT, chatRules(),
          Scope.SENDER, senderRules(),
          Scope.PRESS, Map.of(),
          Scope.ABOUT, aboutRules());

  private MessageFields() {}

  private static Map<String, Rule> messageRules() {
    Map<String, Rule> rules = new HashMap<>();
    // Groups
    rule(rules, given(GROUP), "isgroup isgroupmsg isgroupmessage isgroupchat fromgroup ingroup");
    rule(rules, isTrue(GROUP), "group");
    rule(rules, given(GROUP), "groupid groupjid groupinfo groupv2 groupcontext groupname");
    rule(rules, given(GROUP), "guildid guild serverid teamchannelid participant senderchat");
    rule(rules, isFalse(GROUP), "isdirect isdm isprivate isdirectmessage");
    rule(rules, MessageFields::crowd, "membercount memberscount participantcount joinedmembers");
    rule(
        rules,
        value -> kind(value, CHAT_TYPES, GROUP),
        "chattype channeltype conversationtype roomtype peertype");
    rule(
        rules,
        MessageFields::chatId,
        "chat chatid conversation conversationid remotejid jid room roomid channelid peer"
            + " peerid to recipient");
    rule(rules, MessageFields::senderId, "from");
    // Channels
    rule(rules, given(CHANNEL_POST), "channelpost editedchannelpost isautomaticforward ischannel");
    rule(rules, given(CHANNEL_POST), "isbroadcast broadcast isstatus isstory isnewsletter");
    // Own messages
    rule(rules, given(OWN_ECHO), "fromme isfromme isecho isself isoutgoing issent ownecho");
    rule(rules, given(OWN_ECHO), "syncmessage");
    rule(rules, isTrue(OWN_ECHO), "self own outgoing echo");
    rule(rules, value -> kind(value, DIRECTIONS, DIRECT), "direction");
    // Bots
    rule(rules, given(BOT), "isbot botid botprofile webhookid frombot isfrombot");
    rule(rules, isTrue(BOT), "bot");
    rule(rules, value -> kind(value, SENDER_TYPES, DIRECT), "sendertype authortype usertype");
    // Changes, reactions and notices
    rule(rules, given(EDIT), "isedit isedited edited editdate editedat editedtimestamp edit");
    rule(rules, given(EDIT), "editedmessage editedbusinessmessage mnewcontent editmessage");
    rule(rules, given(EDIT), "isdeleted deleted isrevoked revoked protocolmessage remotedelete");
    rule(rules, given(EDIT), "deletedbusinessmessages");
    rule(rules, given(REACTION), "reaction isreaction reactionmessage messagereaction");
    rule(rules, given(REACTION), "messagereactioncount");
    rule(rules, given(RECEIPT), "receipt receiptmessage isreceipt typing typingmessage istyping");
    rule(rules, given(RECEIPT), "callmessage statuses messagestubtype chatmember mychatmember");
    rule(rules, given(RECEIPT), "chatjoinrequest presence");
    KIND_NAMES.forEach(name -> rules.put(name, value -> notLifecycle(kind(value, KINDS, DIRECT))));
    return Map.copyOf(rules);
  }

  private static Map<String, Rule> aboutRules() {
    Map<String, Rule> rules = new HashMap<>();
    messageRules().forEach((name, rule) -> rules.put(name, value -> ofChat(rule.apply(value))));
    return Map.copyOf(rules);
  }

  private static MessageKind ofChat(MessageKind kind) {
    return kind == GROUP || kind == CHANNEL_POST ? kind : DIRECT;
  }

  private static Map<String, Rule> chatRules() {
    Map<String, Rule> rules = new HashMap<>();
    rule(rules, MessageFields::chatId, "id jid serialized");
    rule(rules, value -> kind(value, CHAT_TYPES, GROUP), "type chattype kind");
    rule(rules, given(GROUP), "isgroup guildid");
    rule(rules, given(CHANNEL_POST), "ischannel isbroadcast isnewsletter");
    rule(rules, isFalse(GROUP), "isdirect isdm isprivate isim");
    rule(rules, MessageFields::crowd, "membercount memberscount participantcount");
    return Map.copyOf(rules);
  }

  private static Map<String, Rule> senderRules() {
    Map<String, Rule> rules = new HashMap<>();
    rule(rules, MessageFields::senderId, "id jid serialized");
    rule(rules, given(BOT), "isbot bot issystem system");
    rule(rules, given(OWN_ECHO), "self isself isme fromme");
    rule(rules, value -> kind(value, SENDER_TYPES, DIRECT), "type");
    return Map.copyOf(rules);
  }

  /** The kind that the fields named {@link #KIND_NAMES} name, {@code null} if it is not known. */
  static MessageKind named(JsonValue value) {
    return value instanceof JsonString text ? KINDS.get(plain(text.getString())) : null;
  }

  /**
   * Returns whether a field shows that a person sent something. A wrapper such as {@code
   * message:{…}} does not: its own fields are read.
   */
  static boolean isContent(String name, JsonValue value) {
    boolean wrapper =
        value.getValueType() == JsonValue.ValueType.OBJECT
            && INNER.get(Scope.MESSAGE).getOrDefault(name, Scope.PRESS) != Scope.PRESS;
    return CONTENT.contains(name) && !wrapper;
  }

  /** Returns the fields that the plugin's own event of this kind may have. */
  static Set<String> ownFields(JsonObject event) {
    return event.entrySet().stream()
        .filter(field -> KIND_NAMES.contains(plain(field.getKey())))
        .filter(field -> field.getValue() instanceof JsonString)
        .map(field -> OWN_FIELDS.getOrDefault(plain(string(field.getValue())), Set.of()))
        .filter(own -> !own.isEmpty())
        .findFirst()
        .orElse(Set.of());
  }

  /** Returns whether a field is content, or names a person or a chat. */
  static boolean isOfPerson(String name, JsonValue value) {
    boolean contentKind = KIND_NAMES.contains(name) && named(value) == DIRECT;
    return contentKind || (isGiven(value) && (CONTENT.contains(name) || PEOPLE.contains(name)));
  }

  /**
   * Returns whether a value only says that there is a message. Plugins also report receipts with
   * {@code kind: message}, without a text.
   */
  static boolean isPlainMessage(JsonValue value) {
    return PLAIN_MESSAGES.contains(plain(string(value)));
  }

  /** Returns whether a value says anything: neither null, false, 0, blank nor empty. */
  static boolean isGiven(JsonValue value) {
    return switch (value.getValueType()) {
      case NULL, FALSE -> false;
      case TRUE -> true;
      case NUMBER -> ((JsonNumber) value).doubleValue() != 0;
      case STRING -> !NOTHING.contains(plain(string(value))) && !string(value).isBlank();
      case ARRAY -> !value.asJsonArray().isEmpty();
      case OBJECT -> !value.asJsonObject().isEmpty();
    };
  }

  /** Returns a name in the form in which names are compared. */
  static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && c != '.' && c != ' ') {
        plain.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
      }
    }
    return plain.toString();
  }

  private static Rule given(MessageKind kind) {
    return value -> isGiven(value) ? kind : DIRECT;
  }

  private static Rule isTrue(MessageKind kind) {
    return value -> {
      String text = value.getValueType() == JsonValue.ValueType.STRING ? string(value) : "" + value;
      return YES.contains(plain(text)) ? kind : DIRECT;
    };
  }

  private static Rule isFalse(MessageKind kind) {
    return value -> value.equals(JsonValue.NULL) || isGiven(value) ? DIRECT : kind;
  }

  private static MessageKind crowd(JsonValue value) {
    return value instanceof JsonNumber number && number.doubleValue() > 2 ? GROUP : DIRECT;
  }

  /** The kind of a chat by its id: WhatsApp's domains, and Telegram's negative numbers. */
  private static MessageKind chatId(JsonValue value) {
    boolean negative =
        value instanceof JsonNumber number
            ? number.bigDecimalValue().signum() < 0
            : value instanceof JsonString text && isNegative(text.getString().strip());
    return negative ? GROUP : senderId(value);
  }

  private static boolean isNegative(String id) {
    try {
      return id.startsWith("-") && Double.parseDouble(id) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * The kind of a sender that is a chat of WhatsApp. Of Telegram's chats, those that the operator
   * has added are senders: the adapter decides about them.
   */
  private static MessageKind senderId(JsonValue value) {
    String id = value instanceof JsonString text ? text.getString().strip() : "";
    String lower = id.toLowerCase(Locale.ROOT);
    if (lower.endsWith("@g.us")) {
      return GROUP;
    }
    return lower.endsWith("@broadcast") || lower.endsWith("@newsletter") ? CHANNEL_POST : DIRECT;
  }

  /** The kind that a string or number names; {@code other} if it is given and not in the table. */
  private static MessageKind kind(
      JsonValue value, Map<String, MessageKind> kinds, MessageKind other) {
    boolean simple = value instanceof JsonString || value instanceof JsonNumber;
    String text = value instanceof JsonString ? string(value) : "" + value;
    if (text.isBlank() || value.equals(JsonValue.NULL)) {
      return DIRECT;
    }
    return simple ? kinds.getOrDefault(plain(text), other) : other;
  }

  /** A message with a sender and content is one, whatever else its plugin calls it. */
  private static MessageKind notLifecycle(MessageKind kind) {
    return kind == LIFECYCLE ? DIRECT : kind;
  }

  private static String string(JsonValue value) {
    return ((JsonString) value).getString();
  }

  private static void rule(Map<String, Rule> rules, Rule rule, String names) {
    names(names).forEach(name -> rules.put(name, rule));
  }

  private static Set<String> names(String spaced) {
    return Set.copyOf(List.of(spaced.split(" ")));
  }

  private static Map<String, MessageKind> kinds(Object... kindsAndNames) {
    Map<String, MessageKind> kinds = new HashMap<>();
    for (int i = 0; i < kindsAndNames.length; i += 2) {
      MessageKind kind = (MessageKind) kindsAndNames[i];
      names((String) kindsAndNames[i + 1]).forEach(name -> kinds.put(name, kind));
    }
    return Map.copyOf(kinds);
  }

  private static Map<String, Scope> inner(Object... scopesAndNames) {
    Map<String, Scope> inner = new HashMap<>();
    for (int i = 0; i < scopesAndNames.length; i += 2) {
      Scope scope = (Scope) scopesAndNames[i];
      names((String) scopesAndNames[i + 1]).forEach(name -> inner.put(name, scope));
    }
    return Map.copyOf(inner);
  }
}
