package dev.nexo.pairing.intake;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a payload that name its kind, are content, or name a person or a chat. Names are
 * compared in lower case without {@code _}, {@code -}, {@code .} and spaces.
 */
final class MessageFields {

  /** The fields that name the kind of a message or event. */
  static final Set<String> KIND_NAMES =
      FieldNames.names("kind type event eventtype messagetype msgtype subtype updatetype");

  /** The fields in which a person's own words are. */
  static final List<String> TEXTS = List.of("text", "caption", "body");

  /** The fields that show that a person sent something. */
  static final Set<String> CONTENT =
      FieldNames.names(
          "text caption body message msg content conversation extendedtextmessage mediakind media mediatype"
              + " mediaurl image imagemessage photo picture video videomessage videonote audio"
              + " audiomessage voice ptt document documentmessage file files attachment attachments"
              + " sticker stickers stickeritems stickermessage animation gif location"
              + " livelocation locationmessage livelocationmessage latitude venue contact contacts"
              + " contactmessage contactsarraymessage vcard poll pollcreationmessage dice game story"
              + " order product invoice successfulpayment interactive button buttonsresponsemessage"
              + " listresponsemessage templatebuttonreplymessage viewoncemessage"
              + " viewoncemessagev2 ephemeralmessage callbackquery webappdata paidmedia checklist"
              + " postback usersshared chatshared passportdata pollcreate payment hasmedia nummedia"
              + " mediaurl0 mediaid fileid mime mimetype photos images videos lat giveaway gift"
              + " uniquegift");

  /** Objects in WhatsApp's {@code message} that are no content: notices, keys, and changes. */
  private static final Set<String> NO_CONTENT =
      FieldNames.names(
          "protocolmessage reactionmessage encreactionmessage keepinchatmessage pininchatmessage"
              + " pollupdatemessage senderkeydistributionmessage placeholdermessage"
              + " fastratchetkeysenderkeydistributionmessage devicesentmessage editedmessage"
              + " secretencryptedmessage statusmentionmessage groupstatusmentionmessage"
              + " enceventresponsemessage scheduledcalleditmessage bcallmessage callmessage"
              + " stickersyncrmrmessage messagehistorynotice pinnedmessage previousmessage");

  /** The fields that name a person or a chat. An event with one of them is not the plugin's own. */
  private static final Set<String> PEOPLE =
      FieldNames.names(
          "from sender senderid author authorid participant participants fromid user userid username"
              + " jid lid phone phonenumber number msisdn key chat chatid conversationid room roomid"
              + " channelid remotejid peer peerid to recipient recipientid groupid groupjid messages");

  /** The fields that an event of a plugin has for its own account, code or request, by its kind. */
  private static final Map<String, Set<String>> OWN_FIELDS =
      Map.of(
          "qr", FieldNames.names("image mime mimetype"),
          "qrcode", FieldNames.names("image mime mimetype"),
          "pairsuccess", FieldNames.names("jid"),
          "bridgetimeout", FieldNames.names("chat"));

  /** The values for no, and what programs write for a value that they do not have. */
  private static final Set<String> NOTHING =
      FieldNames.names("false no off 0 null none nil undefined nan");

  private static final Set<String> NO = FieldNames.names("false no off 0");

  /** The fields in which a person's own words are, where {@code no} is an answer. */
  private static final Set<String> WORDS =
      FieldNames.names("text caption body message msg content conversation");

  private static final Set<String> YES = FieldNames.names("true yes 1");

  /** The names that say that the account has written to the sender before. */
  private static final Set<String> CONTACT_SIGNS = FieldNames.names("contact iscontact");

  private static final Set<String> PLAIN_MESSAGES =
      FieldNames.names(
          "message text chat msg textmessage mtext mroommessage roommessage private im dm direct");

  private MessageFields() {}

  /** The kind that the fields named {@link #KIND_NAMES} name, {@code null} if it is not known. */
  static MessageKind named(JsonValue value) {
    return value instanceof JsonString text ? KindNames.ofMessage(text.getString()) : null;
  }

  /**
   * Returns whether a field shows that a person sent something. A wrapper such as {@code
   * message:{…}} does not: its own fields are read.
   *
   * @param parent the plain name of the object that has the field, or null
   */
  static boolean isContent(String parent, String name, JsonValue value) {
    if (!isSaid(name, value)) {
      return false;
    }
    boolean object = value.getValueType() == JsonValue.ValueType.OBJECT;
    boolean inMessage = "message".equals(parent);
    if (object
        && (MessageScope.isWrapper(name) || (inMessage && MessageScope.isWrapper(name, value)))) {
      return false;
    }
    return CONTENT.contains(name) || (inMessage && isContained(name, value));
  }

  /** Returns whether a field of an object {@code message} is WhatsApp's content of a message. */
  static boolean isContained(String name, JsonValue value) {
    return value instanceof JsonObject
        ? MessageScope.isContained(name) && !isAboutOthers(name)
        : name.equals("conversation") && value instanceof JsonString;
  }

  /**
   * Returns whether a field of an object {@code message} is the text of WhatsApp's message. If the
   * message has another text, the field can be the id of its chat.
   *
   * @param parent the plain name of the object, or null
   */
  static boolean isWords(String parent, JsonObject object, String name) {
    return name.equals("conversation")
        && "message".equals(parent)
        && TEXTS.stream().noneMatch(object::containsKey);
  }

  private static boolean isAboutOthers(String name) {
    return NO_CONTENT.contains(name) || name.endsWith("tomessage");
  }

  /** Returns whether a field has a value. In a person's own words, each word is one. */
  private static boolean isSaid(String name, JsonValue value) {
    return (value instanceof JsonString words && WORDS.contains(name))
        ? !words.getString().isBlank()
        : isGiven(value);
  }

  /**
   * Returns whether a field says that the account has written to the sender before. A contact that
   * was shared is an object.
   */
  static boolean isContactSign(String name, JsonValue value) {
    return CONTACT_SIGNS.contains(name) && isYes(value);
  }

  /** Returns whether a value is true, also as a string or number. */
  static boolean isYes(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE -> true;
      case STRING, NUMBER ->
          YES.contains(
              FieldNames.plain(value instanceof JsonString ? string(value) : value.toString()));
      default -> false;
    };
  }

  /** Returns whether a value is false, also as a string or number. Null and nothing are not. */
  static boolean isNo(JsonValue value) {
    return switch (value.getValueType()) {
      case FALSE -> true;
      case STRING, NUMBER ->
          NO.contains(
              FieldNames.plain(value instanceof JsonString ? string(value) : value.toString()));
      default -> false;
    };
  }

  /** Returns the fields that the plugin's own event of this kind may have. */
  static Set<String> ownFields(JsonObject event) {
    return event.entrySet().stream()
        .filter(field -> KIND_NAMES.contains(FieldNames.plain(field.getKey())))
        .filter(field -> field.getValue() instanceof JsonString)
        .map(field -> OWN_FIELDS.getOrDefault(FieldNames.plain(string(field.getValue())), Set.of()))
        .filter(own -> !own.isEmpty())
        .findFirst()
        .orElse(Set.of());
  }

  /** Returns whether a field is content, or names a person or a chat. */
  static boolean isOfPerson(String name, JsonValue value) {
    boolean contentKind = KIND_NAMES.contains(name) && named(value) == MessageKind.DIRECT;
    return contentKind
        || (isSaid(name, value) && (CONTENT.contains(name) || PEOPLE.contains(name)));
  }

  /**
   * Returns whether a value only says that there is a message. Plugins also report receipts with
   * {@code kind: message}, without a text.
   */
  static boolean isPlainMessage(JsonValue value) {
    return PLAIN_MESSAGES.contains(FieldNames.plain(string(value)));
  }

  /** Returns whether a value says anything: neither null, false, 0, blank nor empty. */
  static boolean isGiven(JsonValue value) {
    return switch (value.getValueType()) {
      case NULL, FALSE -> false;
      case TRUE -> true;
      case NUMBER -> ((JsonNumber) value).doubleValue() != 0;
      case STRING -> !NOTHING.contains(FieldNames.plain(string(value))) && !string(value).isBlank();
      case ARRAY -> !value.asJsonArray().isEmpty();
      case OBJECT -> !value.asJsonObject().isEmpty();
    };
  }

  /** Returns whether an object has a field with a value that says anything. */
  static boolean isGiven(JsonObject object, String name) {
    return isGiven(object.getOrDefault(name, JsonValue.NULL));
  }

  private static String string(JsonValue value) {
    return ((JsonString) value).getString();
  }
}
