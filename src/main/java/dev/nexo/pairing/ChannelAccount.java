package dev.nexo.pairing;

/**
 * One of the operator's own accounts on a channel.
 *
 * @param channel 1–32 of {@code [a-z0-9_-]}, for instance {@code whatsapp}
 * @param accountId 1–64 of {@code [A-Za-z0-9_-]} with single dots inside; both parts end up in
 *     broker subjects, which is why nothing else is allowed
 */
public record ChannelAccount(String channel, String accountId) {

  /** The account that is meant where none is named. */
  public static final String DEFAULT_ACCOUNT = "default";

  private static final int MAX_CHANNEL = 32;
  private static final int MAX_ACCOUNT = 64;

  /**
   * Checks both identifiers.
   *
   * @throws InvalidValueException naming {@code channel} or {@code account_id} and what is allowed
   */
  public ChannelAccount {
    if (!isChannel(channel)) {
      throw new InvalidValueException(
          "channel", "must be 1 to 32 characters of a-z, 0-9, _ and -, like whatsapp");
    }
    if (!isAccount(accountId)) {
      throw new InvalidValueException(
          "account_id",
          "must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -, with single dots inside");
    }
  }

  /** The account named, or {@value #DEFAULT_ACCOUNT} where the name is null. */
  public static ChannelAccount of(String channel, String accountIdOrNull) {
    return new ChannelAccount(channel, accountIdOrNull == null ? DEFAULT_ACCOUNT : accountIdOrNull);
  }

  /** Whether this text, or null, can be a {@link #channel}. */
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

  /** Whether this text, or null, can be an {@link #accountId}. */
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
