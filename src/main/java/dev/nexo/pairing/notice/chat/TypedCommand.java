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

  /** Reads a text; empty unless the whole text is a command. */
  static Optional<TypedCommand> read(String text) {
    if (text == null || text.length() > MAX) {
      return Optional.empty();
    }
    Matcher whole = WHOLE.matcher(CommandWords.folded(text));
    return whole.matches()
        ? CommandWords.find(whole.group("word"))
            .map(order -> new TypedCommand(order, Long.parseLong(whole.group("number"))))
        : Optional.empty();
  }
}
