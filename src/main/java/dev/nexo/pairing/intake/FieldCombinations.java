package dev.nexo.pairing.intake;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What several fields of one object prove together ({@code protocol.md#kinds-of-messages}). */
final class FieldCombinations {

  /** Telegram's messages in the chats of a business account. */
  private static final Set<String> BUSINESS =
      FieldNames.names("businessmessage editedbusinessmessage");

  private static final Set<String> CONNECTION = FieldNames.names("businessconnectionid");
  private static final Set<String> FROM = FieldNames.names("from");
  private static final Set<String> CHAT = FieldNames.names("chat chatid");

  /** VK's number of a message within its conversation, which no other channel has. */
  private static final Set<String> IN_CONVERSATION = FieldNames.names("conversationmessageid");

  private static final Set<String> PEER = FieldNames.names("peerid");

  /** VK adds this to the number of a conversation of several people. */
  private static final BigInteger FIRST_CONVERSATION = BigInteger.valueOf(2_000_000_000);

  private static final Set<String> COMMAND = FieldNames.names("command rawcommand verb");
  private static final Set<String> PARAMETERS = FieldNames.names("params args");

  /** The commands of IRC that bring a message; their first parameter is its target. */
  private static final Set<String> COMMANDS = FieldNames.names("privmsg notice");

  private FieldCombinations() {}

  /**
   * Returns what the fields of an object prove together; {@link MessageKind#DIRECT} if nothing.
   *
   * @param name the plain name of the object; null for the outermost one
   * @param object an object that describes the message
   * @param sender the sender that the outermost object names, or null
   */
  static MessageKind of(String name, JsonObject object, JsonValue sender) {
    boolean business = BUSINESS.contains(name == null ? "" : name) || isGiven(object, CONNECTION);
    if (business && isWrittenToOther(object, sender)) {
      return MessageKind.OWN_ECHO;
    }
    if (isPublicChange(object)) {
      return MessageKind.CHANNEL_POST;
    }
    return isLineInChannel(object) || isInConversation(object)
        ? MessageKind.GROUP
        : MessageKind.DIRECT;
  }

  private static boolean isGiven(JsonObject object, Set<String> names) {
    return field(object, names).filter(MessageFields::isGiven).isPresent();
  }

  /**
   * Returns whether the account itself wrote the message: its chat has the id of the other person.
   */
  private static boolean isWrittenToOther(JsonObject object, JsonValue sender) {
    String from = number(field(object, FROM).orElse(sender));
    String chat = number(field(object, CHAT).orElse(null));
    return from != null && chat != null && !from.equals(chat);
  }

  /** Returns whether a webhook of Meta reports what somebody has written on a page. */
  private static boolean isPublicChange(JsonObject object) {
    return object.get("value") instanceof JsonObject
        && object.get("field") instanceof JsonString field
        && KindNames.find(field, KindNames.FIELDS, MessageKind.DIRECT) != MessageKind.DIRECT;
  }

  /** Returns whether a message of VK has the number of a conversation of several people. */
  private static boolean isInConversation(JsonObject object) {
    String peer = number(field(object, PEER).orElse(null));
    return peer != null
        && isGiven(object, IN_CONVERSATION)
        && new BigInteger(peer).compareTo(FIRST_CONVERSATION) > 0;
  }

  private static boolean isLineInChannel(JsonObject object) {
    return field(object, COMMAND).orElse(null) instanceof JsonString command
        && COMMANDS.contains(FieldNames.plain(command.getString()))
        && field(object, PARAMETERS).orElse(null) instanceof JsonArray parameters
        && !parameters.isEmpty()
        && parameters.get(0) instanceof JsonString target
        && ChatIds.isNamedChannel(target.getString());
  }

  private static Optional<JsonValue> field(JsonObject object, Set<String> names) {
    return object.entrySet().stream()
        .filter(field -> names.contains(FieldNames.plain(field.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The number of a person or chat, which libraries also write as a string; null if it is none. */
  private static String number(JsonValue value) {
    JsonValue id = value instanceof JsonObject object ? object.get("id") : value;
    if (id instanceof JsonNumber number && number.isIntegral()) {
      return number.bigIntegerValue().toString();
    }
    return id instanceof JsonString text && text.getString().matches("-?[1-9][0-9]*")
        ? text.getString()
        : null;
  }
}
