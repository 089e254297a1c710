package dev.nexo.pairing.cli;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/** Senders as the command line writes them. */
final class Senders {

  /** The beginning of a number where a blank in it ended the argument; no number is so short. */
  private static final Pattern TORN = Pattern.compile("\\+\\d{0,4}");

  private Senders() {}

  /**
   * Refuses arguments that a number with blanks was torn into: the rest of it may be somebody
   * else's number.
   *
   * @throws CommandFault that says so
   */
  static void refuseTorn(List<String> senders) {
    for (int i = 0; i + 1 < senders.size(); i++) {
      String sender = senders.get(i);
      if (TORN.matcher(sender).matches() && Character.isDigit(senders.get(i + 1).charAt(0))) {
        throw new CommandFault(
            sender + " is no number; put one with blanks into quotes, like \"+1 555 000 1111\"");
      }
    }
  }

  /** {@code channel:account:sender} of a row, for people. */
  static String shown(JsonObject row) {
    return shown(
        Json.text(row, "channel"), Json.text(row, "account_id"), Json.text(row, "sender_id"));
  }

  /** {@code channel:account:sender} for people. */
  static String shown(String channel, String accountId, String senderId) {
    return ShownText.of(channel + ":" + accountId + ":" + senderId);
  }
}
