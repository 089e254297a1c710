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

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values by which plugins name the kind of a message, a chat or a sender. */
final class KindNames {

  static final Map<String, MessageKind> MESSAGES =
      kinds(
          DIRECT,
          "message text chat msg textmessage mtext mroommessage roommessage image photo picture video"
              + " videonote audio voice ptt sticker document file location livelocation contact"
              + " contacts contactcard vcard multivcard poll gif animation media mediareceived album"
              + " venue dice game order product interactive button buttons list buttonsresponse"
              + " listresponse callbackquery mimage mvideo maudio mfile mlocation mnotice memote"
              + " msticker private im dm direct fileshare memessage voicemessage groupsv4invite"
              + " payment eventcreation scheduledeventcreation pollcreation interactiveresponse"
              + " templatebuttonreply ptv checklist paidmedia unsupported mpollstart"
              + " orgmatrixmsc3381pollstart postback invoke blockactions interactivemessage"
              + " messageaction cardclicked viewsubmission shortcut imagemessage photomessage"
              + " videomessage videonotemessage audiomessage voicenote documentmessage filemessage"
              + " stickermessage locationmessage livelocationmessage contactmessage"
              + " contactsarraymessage pollmessage pollcreationmessage ptvmessage link giveaway gift",
          GROUP,
          "group groupmessage groupchat supergroup mpim gp2 appmention stream channelchatmessage"
              + " youtube#livechatmessage livechatmessage",
          CHANNEL_POST,
          "channel channelpost editedchannelpost newsletter broadcast story statusbroadcast comment"
              + " commentreply postreply usernamemention",
          BOT,
          "bot botmessage webhook",
          OWN_ECHO,
          "echo messageecho messageechoes smbmessageechoes ownecho fromme outgoing outbound sent"
              + " selfmessage messagesent sentmessage sendmessage sendmessageupdate outgoingmessage"
              + " outboundmessage",
          EDIT,
          "edit edited editedmessage messageedited messageedit messagechanged messageupdate"
              + " messageupdated update delete deleted messagedeleted messagedelete revoke revoked"
              + " messagerevoked unsend protocol mroomredaction mreplace",
          HISTORY,
          "history historymessage historical append prepend backfill backlog messageset"
              + " messaginghistoryset",
          REACTION,
          "reaction reactionadded reactionremoved messagereaction messagereactioncount"
              + " reactionmessage mreaction",
          RECEIPT,
          "receipt readreceipt deliveryreceipt read delivered delivery seen played ack messageack"
              + " messagestatus messagereceiptupdate onack status statusupdate typing composing paused recording presence"
              + " chataction chatstate typingstarted typingstopped mtyping mreceipt mpresence call"
              + " calllog notification notificationtemplate e2enotification channeljoin channelleave"
              + " chatmember mychatmember ciphertext",
          LIFECYCLE,
          "connected connecting disconnected reconnecting reconnected connectionupdate open close"
              + " closed qr qrcode pairingcode pairsuccess pairerror paired unpaired loggedin"
              + " loggedout login logout authenticated authfailure credentialsexpired"
              + " sessionexpired bridgetimeout timeout ready started starting stopped stopping"
              + " startup shutdown online offline resumed hello health heartbeat ping pong error"
              + " warning sync historysync connect reconnect disconnect connectfailure"
              + " connectionfailed connectionlost connectionclosed connectionopen connectionstatus"
              + " sessionstatus invalidsession credsupdate changestate statechange statechanged"
              + " loadingscreen qrcodeupdated qrupdated qrexpired qrtimeout streamreplaced"
              + " streamerror clientoutdated temporaryban keepalive keepalivetimeout"
              + " keepaliverestored heartbeatack offlinesynccompleted bridgeerror restart"
              + " restarting restarted goodbye");

  /** The lifecycle events that bring earlier messages, if they have a sender. */
  static final Map<String, MessageKind> SYNCS = kinds(HISTORY, "historysync");

  static final Map<String, MessageKind> CHATS =
      kinds(
          DIRECT,
          "private im dm d direct directmessage user personal individual single onetoone oneonone"
              + " p2p 1 chat sender contact chattypeprivate chattypesecret dmchannel dmchat directchannel directchat"
              + " privatechat",
          CHANNEL_POST,
          "channel newsletter broadcast status story announcement");

  /**
   * LINE's {@code source.type}, and names of other products that are not always a chat's type. An
   * unknown name is no sign.
   */
  static final Map<String, MessageKind> SOURCES =
      kinds(
          GROUP,
          "group groupchat groupmessage room chatroom supergroup megagroup mpim guild team space",
          CHANNEL_POST,
          "channel broadcast newsletter");

  static final Map<String, MessageKind> SENDERS =
      kinds(
          BOT,
          "bot agentbot chatbot app application webhook system service",
          GROUP,
          "group",
          CHANNEL_POST,
          "channel");

  /** Beside those that begin with {@code out}; {@code mt} is a text message to a phone. */
  private static final Map<String, MessageKind> DIRECTIONS = kinds(OWN_ECHO, "sent self mt");

  /** The roles of Bot Framework, and of chats with a language model. */
  static final Map<String, MessageKind> ROLES = kinds(BOT, "bot assistant skill");

  /** How a message is about another: Matrix's {@code m.relates_to}. */
  static final Map<String, MessageKind> RELATIONS =
      kinds(EDIT, "mreplace replace", REACTION, "mannotation annotation");

  /** The fields of a page or account whose change a webhook of Meta reports. */
  static final Map<String, MessageKind> FIELDS =
      kinds(CHANNEL_POST, "feed comments livecomments mention mentions");

  /** Who can read a post on Mastodon, Misskey and the like. */
  static final Map<String, MessageKind> VISIBILITIES =
      kinds(CHANNEL_POST, "public unlisted home followers");

  /** The domains of WhatsApp's chats. */
  static final Map<String, MessageKind> SERVERS =
      kinds(GROUP, "gus", CHANNEL_POST, "broadcast newsletter");

  /** The classes of Telegram's own protocol. */
  static final Map<String, MessageKind> CLASSES = kinds(GROUP, "peerchat peerchannel");

  private static final String SEVERAL = "messages";

  /** The last name of an enumeration, as Python, Java and others show it. */
  private static final Pattern ENUM = Pattern.compile("<?[\\w.]*[Tt]ype\\.(\\w+)(?::.*)?>?");

  /** What programs write for a type that they do not have. */
  private static final Set<String> MISSING = FieldNames.names("null none nil undefined");

  private KindNames() {}

  /** The kind that the name of a message or event means; null if it is not known. */
  static MessageKind ofMessage(String text) {
    String name = FieldNames.plain(text);
    MessageKind kind = MESSAGES.get(name);
    // Libraries name the events of one message and of several: message.edited, messages.edited.
    return kind == null && name.startsWith(SEVERAL)
        ? MESSAGES.get("message".concat(name.substring(SEVERAL.length())))
        : kind;
  }

  /**
   * The kind of a chat by the name of its type, also in the notations of languages: {@code
   * ChatType.PRIVATE}, {@code <ChatType.PRIVATE: 'private'>}, {@code {"@type":"chatTypePrivate"}}.
   * A name that is not known is a group.
   */
  static MessageKind ofChatType(JsonValue value) {
    JsonValue type = value;
    for (String name : List.of("@type", "_", "className")) {
      if (value instanceof JsonObject object && object.get(name) instanceof JsonString text) {
        type = text;
      }
    }
    if (!(type instanceof JsonString text)) {
      return find(type, CHATS, GROUP);
    }
    Matcher shown = ENUM.matcher(text.getString().strip());
    String name = FieldNames.plain(shown.matches() ? shown.group(1) : text.getString());
    return name.isBlank() || MISSING.contains(name) ? DIRECT : CHATS.getOrDefault(name, GROUP);
  }

  /** The kind of a message by its direction. */
  static MessageKind ofDirection(JsonValue value) {
    boolean out =
        value instanceof JsonString text && FieldNames.plain(text.getString()).startsWith("out");
    return out ? OWN_ECHO : find(value, DIRECTIONS, DIRECT);
  }

  /** The kind that a string or number names; {@code other} if it is given and not in the table. */
  static MessageKind find(JsonValue value, Map<String, MessageKind> kinds, MessageKind other) {
    if (value.equals(JsonValue.NULL)) {
      return DIRECT;
    }
    if (!(value instanceof JsonString || value instanceof JsonNumber)) {
      return other;
    }
    String text = value instanceof JsonString string ? string.getString() : value.toString();
    return text.isBlank() ? DIRECT : kinds.getOrDefault(FieldNames.plain(text), other);
  }

  private static Map<String, MessageKind> kinds(Object... kindsAndNames) {
    Map<String, MessageKind> kinds = new HashMap<>();
    for (int i = 0; i < kindsAndNames.length; i += 2) {
      MessageKind kind = (MessageKind) kindsAndNames[i];
      FieldNames.names((String) kindsAndNames[i + 1]).forEach(name -> kinds.put(name, kind));
    }
    return Map.copyOf(kinds);
  }
}
