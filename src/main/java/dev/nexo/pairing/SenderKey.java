package dev.nexo.pairing;

/**
 * A sender on one account of one channel: what is admitted, challenged or dropped.
 *
 * @param channel as in {@link ChannelAccount}
 * @param accountId as in {@link ChannelAccount}
 * @param senderId the sender in the channel's canonical form, 1–{@value #MAX_SENDER} characters,
 *     none of them a control character, no white space at either end
 */
public record SenderKey(String channel, String accountId, String senderId) {

  /** The longest sender id, in characters. */
  public static final int MAX_SENDER = 256;

  /**
   * Checks every part.
   *
   * @throws InvalidValueException naming the part at fault and what is allowed
   */
  public SenderKey {
    new ChannelAccount(channel, accountId);
    if (!isSender(senderId)) {
      throw new InvalidValueException(
          "sender_id",
          "must be 1 to 256 characters without control characters or white space at the ends");
    }
  }

  /** The account half of this key. */
  public ChannelAccount account() {
    return new ChannelAccount(channel, accountId);
  }

  /**
   * Whether this text can be a sender id once trimmed; what an adapter makes of it is another
   * question.
   */
  public static boolean isSender(String text) {
    if (text == null || text.isBlank() || text.length() > MAX_SENDER) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
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
