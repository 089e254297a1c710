package dev.nexo.pairing.channel.telegram;

/** Escaping as Telegram's Bot API wants it ("MarkdownV2 style"; contract, section 5). */
final class MarkdownV2 {

  /** The value of {@code parse_mode} that goes with it. */
  static final String PARSE_MODE = "MarkdownV2";

  private static final String SPECIAL = "_*[]()~`>#+-=|{}.!\\";
  private static final String SPECIAL_IN_CODE = "`\\";

  private MarkdownV2() {}

  /** Plain text, to be shown as it is. */
  static String text(String plain) {
    return escape(plain, SPECIAL);
  }

  /** Plain text in backticks, shown as code. */
  static String code(String plain) {
    return '`' + escape(plain, SPECIAL_IN_CODE) + '`';
  }

  private static String escape(String plain, String special) {
    StringBuilder escaped = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (special.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
