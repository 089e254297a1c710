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
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;

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
              + " msticker private im dm direct fileshare memessage voicemessage",
          GROUP,
          "group groupmessage groupchat supergroup mpim gp2 groupsv4invite appmention stream",
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
          HISTORY,
          "history historymessage historical append prepend backfill backlog",
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

  /** The lifecycle events that bring earlier messages, if they have a sender. */
  static final Map<String, MessageKind> SYNCS = kinds(HISTORY, "historysync");

  static final Map<String, MessageKind> CHATS =
      kinds(
          DIRECT,
          "private im dm d direct directmessage user personal individual single onetoone oneonone"
              + " p2p 1 chat sender contact",
          CHANNEL_POST,
          "channel newsletter broadcast status story announcement");

  /** LINE's {@code source.type}. It is not a chat's type in other products. */
  static final Map<String, MessageKind> SOURCES =
      kinds(GROUP, "group room supergroup", CHANNEL_POST, "channel");

  static final Map<String, MessageKind> SENDERS =
      kinds(
          BOT,
          "bot app application webhook system service",
          GROUP,
          "group",
          CHANNEL_POST,
          "channel");

  static final Map<String, MessageKind> DIRECTIONS =
      kinds(OWN_ECHO, "out outgoing outbound sent self");

  /** The domains of WhatsApp's chats. */
  static final Map<String, MessageKind> SERVERS =
      kinds(GROUP, "gus", CHANNEL_POST, "broadcast newsletter");

  /** The classes of Telegram's own protocol. */
  static final Map<String, MessageKind> CLASSES = kinds(GROUP, "peerchat peerchannel");

  private KindNames() {}

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
