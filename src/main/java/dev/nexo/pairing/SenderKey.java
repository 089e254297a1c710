package dev.nexo.pairing;

import java.util.Objects;

/**
 * A sender on one account of one channel, the unit that the gate decides about.
 *
 * @param channel as in {@link ChannelAccount}
 * @param accountId as in {@link ChannelAccount}
 * @param senderId the sender in the channel's canonical form, 1–{@value #MAX_SENDER} characters,
 *     without control characters, unpaired surrogates, or white space at either end
 */
public record SenderKey(String channel, String accountId, String senderId) {

  /**
   * What the stored id of a group begins with, unless the channel's own ids show that they are
   * groups. No person's id begins with it.
   */
  public static final String GROUP_PREFIX = "group:";

  /** The maximum length of a sender id, in characters. */
  public static final int MAX_SENDER = 256;

  /**
   * Creates a key without validating it, for rows of the database: those that Nexo created may
   * contain any string.
   *
   * @throws NullPointerException if a part is null
   */
  public SenderKey {
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(senderId, "senderId");
  }

  /**
   * Creates a key from a caller's values and validates it.
   *
   * @throws InvalidValueException if the sender id is invalid; the message says what is allowed
   */
  public static SenderKey of(ChannelAccount account, String senderId) {
    if (!isSender(senderId)) {
      throw new InvalidValueException(
          "sender_id",
          "must be 1 to 256 characters without control characters, unpaired surrogates, or white space"
              + " at the ends");
    }
    return new SenderKey(account.channel(), account.accountId(), senderId);
  }

  /**
   * Returns whether a trimmed string is a valid sender id: 1–{@value #MAX_SENDER} characters of
   * well-formed Unicode without control characters. The channel's adapter may still reject it.
   */
  public static boolean isSender(String text) {
    if (text == null || text.isBlank() || text.length() > MAX_SENDER) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        return false;
      }
      // UTF-8 encodes an unpaired surrogate as a question mark: two ids would share one row.
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return !isSpace(text.charAt(0)) && !isSpace(text.charAt(text.length() - 1));
  }

  /** Returns whether the id is a group's, as {@link #isGroup(String)} says. */
  public boolean isGroup() {
    return isGroup(senderId);
  }

  /**
   * Returns whether an id itself shows that it is a group's: one with the prefix, or a negative
   * number, also with a topic behind it or with another minus. Allocates nothing.
   *
   * @param senderId the id, trimmed
   */
  public static boolean isGroup(String senderId) {
    if (senderId.isEmpty() || !isMinus(senderId.charAt(0))) {
      return senderId.startsWith(GROUP_PREFIX);
    }
    int end = 1;
    while (end < senderId.length() && isDigit(senderId.charAt(end))) {
      end++;
    }
    return end > 1 && (end == senderId.length() || !isOfName(senderId.charAt(end)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Returns whether a character behind digits makes a name of them. */
  private static boolean isOfName(char c) {
    return c == '-' || c == '+' || Character.isLetterOrDigit(c);
  }

  /** Returns whether a character is a dash, or the minus sign of mathematics (U+2212). */
  private static boolean isMinus(char c) {
    return c == '-' || c == '\u2212' || Character.getType(c) == Character.DASH_PUNCTUATION;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Returns {@code channel:account:sender}, the form that the command line prints. */
  @Override
  public String toString() {
    return channel + ':' + accountId + ':' + senderId;
  }
}
