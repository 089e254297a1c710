package dev.nexo.pairing.intake;

import static dev.nexo.pairing.intake.MessageKind.CHANNEL_POST;
import static dev.nexo.pairing.intake.MessageKind.DIRECT;
import static dev.nexo.pairing.intake.MessageKind.GROUP;
import static dev.nexo.pairing.intake.MessageKind.OWN_ECHO;

import dev.nexo.pairing.channel.GroupIdRules;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the form of a chat's id proves; {@link MessageKind#DIRECT} if nothing. Ids are compared in
 * the form of {@link GroupIdRules#plain}, also behind names that programs put in front of them, as
 * in {@code telegram:-100123}.
 */
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

  /** IRC's channels, also with the mark for those who read them ({@code @#channel}). */
  private static final Pattern IRC = Pattern.compile("[~&@%+]*[#&].*");

  /** IRC's safe channels. Matrix's rooms begin with the same mark: with a domain or in Base64. */
  private static final Pattern IRC_SAFE =
      Pattern.compile("(?![!][A-Za-z0-9_-]{43}$)[~&@%+]*![A-Z0-9]{5}[^:]{1,44}");

  /** WhatsApp's groups, also in the id of a message or with a device behind it. */
  private static final Pattern WHATSAPP = domain("g\\.us");

  /** WhatsApp's channels, status messages and broadcast lists. */
  private static final Pattern WHATSAPP_POST = domain("(?:broadcast|newsletter)");

  /** whatsapp-web.js: whether the account itself wrote the message, its chat and its id. */
  private static final Pattern OWN_MESSAGE = Pattern.compile("true_[^ _@]+@[a-z.]+_.+");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,32}");

  /** No id of a chat is longer; a text in its place is not searched. */
  private static final int MAX_LENGTH = 512;

  private ChatIds() {}

  private static Pattern domain(String name) {
    return Pattern.compile("@" + name + "(?!\\.?[a-z0-9-])", Pattern.CASE_INSENSITIVE);
  }

  /** The kind of a chat by its id. */
  static MessageKind ofChat(JsonValue value) {
    String id = id(value);
    boolean group =
        isAnyPart(id, ChatIds::isGroup)
            || WHATSAPP.matcher(id).find()
            || isNamedGroup(id.toLowerCase(Locale.ROOT));
    if (group) {
      return GROUP;
    }
    return WHATSAPP_POST.matcher(id).find() ? CHANNEL_POST : ofIdOrText(value);
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
    String id = id(value);
    if (id.indexOf(' ') >= 0) {
      return DIRECT;
    }
    if (WHATSAPP.matcher(id).find()) {
      return GROUP;
    }
    return WHATSAPP_POST.matcher(id).find() ? CHANNEL_POST : DIRECT;
  }

  /** The kind of a message by its own id: that of whatsapp-web.js contains the chat. */
  static MessageKind ofMessage(JsonValue value) {
    return OWN_MESSAGE.matcher(id(value)).matches() ? OWN_ECHO : ofSender(value);
  }

  private static String id(JsonValue value) {
    String id = value instanceof JsonString text ? text.getString() : "";
    return id.length() > MAX_LENGTH ? "" : GroupIdRules.plain(id);
  }

  /** Returns whether an id, or what is behind a name in front of it, has a form. */
  private static boolean isAnyPart(String id, Predicate<String> form) {
    String part = id;
    while (!form.test(part)) {
      int colon = part.indexOf(':');
      if (colon < 0 || !NAME.matcher(part.substring(0, colon)).matches()) {
        return false;
      }
      part = part.substring(colon + 1);
    }
    return true;
  }

  private static boolean isGroup(String id) {
    return SLACK.matcher(id).matches()
        || LINE.matcher(id).matches()
        || isNegative(id)
        || isNamedChannel(id);
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

  /** Returns whether an id is the name of a channel, which people choose. */
  static boolean isNamedChannel(String id) {
    return IRC.matcher(id).matches() || IRC_SAFE.matcher(id).matches();
  }

  /** Teams, iMessage, and programs that put the kind in front of the id. */
  private static boolean isNamedGroup(String lower) {
    return (lower.startsWith("19:") && lower.contains("@thread."))
        || lower.contains(";+;")
        || lower.startsWith("group:")
        || lower.startsWith("supergroup:")
        || lower.startsWith("group.")
        || lower.contains(":group:")
        || lower.contains(":supergroup:");
  }
}
