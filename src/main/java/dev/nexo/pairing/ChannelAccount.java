package dev.nexo.pairing;

/**
 * One of the operator's own accounts on a channel.
 *
 * @param channel 1–32 characters of {@code [a-z0-9_-]}, for example {@code whatsapp}
 * @param accountId 1–64 characters of {@code [A-Za-z0-9_-]}, with single dots inside. Both parts
 *     become part of broker subjects, so no other characters are allowed
 */
public record ChannelAccount(String channel, String accountId) {

  /** The account id used if none is given. */
  public static final String DEFAULT_ACCOUNT = "default";

  private static final int MAX_CHANNEL = 32;
  private static final int MAX_ACCOUNT = 64;

  /**
   * Creates an account.
   *
   * @throws InvalidValueException if {@code channel} or {@code account_id} is malformed; the
   *     message says what is allowed
   */
  public ChannelAccount {
    if (!isChannel(channel)) {
      throw new InvalidValueException(
          "channel", "must be 1 to 32 characters of a-z, 0-9, _ and -, such as whatsapp");
    }
    if (!isAccount(accountId)) {
      throw new InvalidValueException(
          "account_id",
          "must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -, with single dots between them");
    }
  }

  /** Returns the account with this id, or {@value #DEFAULT_ACCOUNT} if the id is null. */
  public static ChannelAccount of(String channel, String accountIdOrNull) {
    return new ChannelAccount(channel, accountIdOrNull == null ? DEFAULT_ACCOUNT : accountIdOrNull);
  }

  /** Returns whether this string is a valid {@link #channel}; false for null. */
  public static boolean isChannel(String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_CHANNEL) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLowerOrDigit(c) && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** Returns whether this string is a valid {@link #accountId}; false for null. */
  public static boolean isAccount(String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_ACCOUNT) {
      return false;
    }
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
      if (!plain && (c != '.' || before == '.')) {
        return false;
      }
      before = c;
    }
    return before != '.';
  }

  private static boolean isLowerOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
