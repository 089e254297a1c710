package dev.nexo.pairing.notice.chat;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that an owner typed, such as {@code approve 12}.
 *
 * @param order what to do
 * @param number the number of the request, from 1
 */
record TypedCommand(Order order, long number) {

  /** The maximum length of a text that can be a command, in characters. */
  private static final int MAX = 64;

  /**
   * One word and one number of at most 18 digits, as many as a long always holds. What is between
   * and around them, such as {@code #} and emoji, is a space in a folded text.
   */
  private static final Pattern WHOLE =
      Pattern.compile("(?<word>\\p{L}[\\p{L}\\p{M}]*) *0*(?<number>[1-9][0-9]{0,17})");

  /**
   * What Telegram makes a link of, also in the words of a stranger that an owner was shown: a slash
   * with a number in the name behind it. The owner who taps {@code /approve_12} sends it.
   */
  private static final Pattern LINK = Pattern.compile("/\\w*[0-9]");

  /** A sign of a quotation in front of the text. */
  private static final Pattern QUOTATION =
      Pattern.compile("[\\s\\p{Z}\\p{Cf}]*[>\uFF1E\uFE65»›|│┃▎▌❯].*", Pattern.DOTALL);

  /**
   * What shows another text than the one that is read: a mark that reverses digits, or a sign over
   * a digit, which crosses it out. A keycap has a sign around its digit.
   */
  private static final Pattern DISGUISED =
      Pattern.compile("\u202E|\\p{Nd}\uFE0F?[\\p{Mn}\\p{Me}&&[^\uFE0E\uFE0F\u20E3]]");

  /** Reads a text; empty unless the whole text is a command in the owner's own words. */
  static Optional<TypedCommand> read(String text) {
    if (text == null
        || text.length() > MAX
        || LINK.matcher(text).find()
        || QUOTATION.matcher(text).matches()
        || DISGUISED.matcher(text).find()
        || text.codePoints().anyMatch(TypedCommand::isOtherNumber)) {
      return Optional.empty();
    }
    Matcher whole = WHOLE.matcher(CommandWords.folded(text));
    return whole.matches()
        ? CommandWords.find(whole.group("word"))
            .map(order -> new TypedCommand(order, Long.parseLong(whole.group("number"))))
        : Optional.empty();
  }

  /** Returns whether a character is a number and not a digit, such as ² and ௰ (10 in Tamil). */
  private static boolean isOtherNumber(int point) {
    int type = Character.getType(point);
    return type == Character.OTHER_NUMBER || type == Character.LETTER_NUMBER;
  }
}
