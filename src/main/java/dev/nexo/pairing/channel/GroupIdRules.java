package dev.nexo.pairing.channel;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which ids of chats are compared, and in which groups are stored ({@code
 * protocol.md#groups}).
 *
 * <p>An id that only the channel itself makes is reduced to what identifies the group: invisible
 * marks, the device, the topic and the channel's own name are removed. The name of a chat that
 * people choose, such as a channel of IRC, stays as it is: two names would become one.
 */
public final class GroupIdRules {

  /** The ids that only a channel makes; the first group of the pattern identifies the chat. */
  private static final List<Pattern> MADE_BY_CHANNELS =
      List.of(
          // Telegram, also with a topic behind the id: -100123:topic:5
          Pattern.compile("(-[0-9]+)(?:[^0-9A-Za-z+-].*)?"),
          // Teams, also with the first message of a conversation: 19:…@thread.tacv2;messageid=5
          Pattern.compile("(19:[^;@]+@thread\\.[a-z0-9]+)(?:;.*)?"),
          // Slack, and LINE
          Pattern.compile("([CG](?=[A-Z]*[0-9])[A-Z0-9]{8,11}|[CR][0-9a-f]{32})"));

  /** WhatsApp, also with a device in front of the domain or behind it. */
  private static final Pattern WHATSAPP =
      Pattern.compile(
          "([0-9]+(?:-[0-9]+)?)(?::[0-9]+)?@g\\.us\\.?(?:[:/;,_ ].*)?", Pattern.CASE_INSENSITIVE);

  /** No id of a chat is longer. */
  private static final int MAX_LENGTH = 512;

  private GroupIdRules() {}

  /**
   * Returns the id of a chat without everything that only hides its form: characters that have no
   * width, white space at both ends, other widths of letters and digits, and another minus in
   * front.
   *
   * @param raw the id as received
   * @return the same instance if it is ASCII without white space at the ends; an id that is longer
   *     than any only trimmed
   */
  public static String plain(String raw) {
    String id = SenderIdRules.trim(raw);
    if (isAscii(id) || id.length() > MAX_LENGTH) {
      return id;
    }
    StringBuilder shown = new StringBuilder(id.length());
    Normalizer.normalize(id, Normalizer.Form.NFKC)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(shown::appendCodePoint);
    String plain = SenderIdRules.trim(shown.toString());
    return !plain.isEmpty() && isDash(plain.charAt(0)) ? '-' + plain.substring(1) : plain;
  }

  private static boolean isAscii(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a character is a dash, or the minus sign of mathematics (U+2212). */
  private static boolean isDash(char c) {
    return Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212';
  }

  /**
   * Returns the form in which a group's id is compared and stored.
   *
   * @param channel the channel, whose name may be in front of the id
   * @param raw the id as received
   * @return the id; empty if it is empty, or if it is what a plugin writes for a missing id; an id
   *     that is longer than any only trimmed
   */
  public static String canonical(String channel, String raw) {
    if (raw.length() > MAX_LENGTH) {
      return SenderIdRules.trim(raw);
    }
    String plain = plain(raw);
    boolean named =
        plain.length() > channel.length()
            && plain.charAt(channel.length()) == ':'
            && plain.regionMatches(true, 0, channel, 0, channel.length());
    String made = madeByChannel(named ? plain.substring(channel.length() + 1) : plain);
    String id = made == null ? SenderIdRules.trim(raw) : made;
    return SenderIdRules.isMissing(id) ? "" : id;
  }

  /**
   * Returns the form in which the id of a chat is compared if its channel is not known.
   *
   * @param raw the id as received
   */
  public static String canonical(String raw) {
    return canonical("", raw);
  }

  /**
   * Returns whether an id has a form that no person's id has: a chat of Teams, a GUID of iMessage's
   * groups, or WhatsApp's domain of groups.
   *
   * @param trimmed the id, trimmed
   */
  static boolean isChat(String trimmed) {
    String id = plain(trimmed);
    return (id.startsWith("19:") && id.contains("@thread."))
        || id.contains(";+;")
        || (id.indexOf('@') > 0 && WHATSAPP.matcher(id).matches());
  }

  private static String madeByChannel(String plain) {
    for (Pattern form : MADE_BY_CHANNELS) {
      Matcher id = form.matcher(plain);
      if (id.matches()) {
        return id.group(1);
      }
    }
    Matcher id = WHATSAPP.matcher(plain);
    return id.matches() ? id.group(1).concat("@g.us") : null;
  }
}
