package dev.nexo.pairing;

import java.util.Objects;

/**
 * A sender on one account of one channel: what is admitted, challenged or dropped.
 *
 * @param channel as in {@link ChannelAccount}
 * @param accountId as in {@link ChannelAccount}
 * @param senderId the sender in the channel's canonical form, 1–{@value #MAX_SENDER} characters,
 *     none of them a control character or half a surrogate pair, no white space at either end
 */
public record SenderKey(String channel, String accountId, String senderId) {

  /** The longest sender id, in characters. */
  public static final int MAX_SENDER = 256;

  /**
   * Takes a key as it stands in the database, where rows that Nexo made may be of any form.
   *
   * @throws NullPointerException where a part is missing
   */
  public SenderKey {
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(senderId, "senderId");
  }

  /**
   * Takes a key from a caller.
   *
   * @throws InvalidValueException naming the part at fault and what is allowed
   */
  public static SenderKey of(ChannelAccount account, String senderId) {
    if (!isSender(senderId)) {
      throw new InvalidValueException(
          "sender_id",
          "must be 1 to 256 characters of Unicode, none of them a control character, without white"
              + " space at the ends");
    }
    return new SenderKey(account.channel(), account.accountId(), senderId);
  }

  /**
   * Whether this text can be a sender id once trimmed: well-formed Unicode of the right length
   * without control characters. What an adapter makes of it is another question.
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
      // Half a pair becomes a question mark in UTF-8, and two ids one and the same row.
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

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** As the command line writes it: {@code channel:account:sender}. */
  @Override
  public String toString() {
    return channel + ':' + accountId + ':' + senderId;
  }
}
