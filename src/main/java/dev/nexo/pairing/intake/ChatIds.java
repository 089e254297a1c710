package dev.nexo.pairing.intake;

import static dev.nexo.pairing.intake.MessageKind.CHANNEL_POST;
import static dev.nexo.pairing.intake.MessageKind.DIRECT;
import static dev.nexo.pairing.intake.MessageKind.GROUP;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the form of a chat's id proves; {@link MessageKind#DIRECT} if nothing. */
final class ChatIds {

  /** Telegram's groups, also with a topic behind the id: {@code -100123:topic:5}. */
  private static final Pattern NEGATIVE = Pattern.compile("-[0-9]+([^0-9A-Za-z+-].*)?");

  /** LINE's groups and rooms. */
  private static final Pattern LINE = Pattern.compile("[CR][0-9a-f]{32}");

  /** Slack's channels and groups in the length of its ids. Direct conversations begin with D. */
  private static final Pattern SLACK = Pattern.compile("[CG](?=[A-Z]*[0-9])[A-Z0-9]{8,11}");

  /** Slack's channels and groups, also with shorter ids, in a field that only Slack has. */
  private static final Pattern SLACK_CHANNEL =
      Pattern.compile("[CG]([0-9][A-Z0-9]*|[A-Z0-9]{8}|[A-Z0-9]{10})");

  /** WhatsApp's groups, also in the id of a message or with a device behind it. */
  private static final Pattern WHATSAPP =
      Pattern.compile("@g\\.us(?![a-z0-9.-])", Pattern.CASE_INSENSITIVE);

  /** No id of a chat is longer; a text in its place is not searched. */
  private static final int MAX_LENGTH = 512;

  private ChatIds() {}

  /** The kind of a chat by its id. */
  static MessageKind ofChat(JsonValue value) {
    String id = id(value);
    boolean group =
        SLACK.matcher(id).matches()
            || LINE.matcher(id).matches()
            || WHATSAPP.matcher(id).find()
            || isNamedChannel(id)
            || isNamedGroup(id.toLowerCase(Locale.ROOT));
    return group ? GROUP : ofIdOrText(value);
  }

  /** The kind of a chat by the value of {@code channel}, which may be the channel's name. */
  static MessageKind ofChannel(JsonValue value) {
    return SLACK_CHANNEL.matcher(id(value)).matches() ? GROUP : ofChat(value);
  }

  /** The kind of a chat by a value that can also be a text: {@code conversation} of Baileys. */
  static MessageKind ofIdOrText(JsonValue value) {
    boolean negative =
        value instanceof JsonNumber number
            ? number.bigDecimalValue().signum() < 0
            : isNegative(id(value));
    return negative ? GROUP : ofSender(value);
  }

  /**
   * The kind of a sender that is a chat of WhatsApp. Of Telegram's chats, those that the operator
   * has added are senders: the adapter decides about them.
   */
  static MessageKind ofSender(JsonValue value) {
    String lower = id(value).toLowerCase(Locale.ROOT);
    if (lower.endsWith("@g.us")) {
      return GROUP;
    }
    return lower.endsWith("@broadcast") || lower.endsWith("@newsletter") ? CHANNEL_POST : DIRECT;
  }

  private static String id(JsonValue value) {
    String id = value instanceof JsonString text ? text.getString().strip() : "";
    return id.length() > MAX_LENGTH ? "" : id;
  }

  private static boolean isNegative(String id) {
    if (!id.startsWith("-")) {
      return false;
    }
    try {
      return NEGATIVE.matcher(id).matches() || Double.parseDouble(id) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** IRC's channels, also with the mark for those who read them ({@code @#channel}). */
  static boolean isNamedChannel(String id) {
    return id.startsWith("#") || id.startsWith("&") || id.startsWith("@#") || id.startsWith("+#");
  }

  /** Teams, iMessage, and programs that put the kind in front of the id. */
  private static boolean isNamedGroup(String lower) {
    return (lower.startsWith("19:") && lower.contains("@thread."))
        || lower.contains(";+;")
        || lower.startsWith("group:")
        || lower.startsWith("group.")
        || lower.contains(":group:");
  }
}
