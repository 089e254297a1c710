package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/** Senders as the command line writes them. */
final class SenderArguments {

  /** The beginning of a number where a blank in it ended the argument; no number is so short. */
  private static final Pattern TORN = Pattern.compile("\\+\\d{0,4}");

  private SenderArguments() {}

  /**
   * Refuses arguments that a number with blanks was torn into: the rest of it may be somebody
   * else's number.
   *
   * @throws CommandException that says so
   */
  static void refuseTorn(List<String> senders) {
    for (int i = 0; i + 1 < senders.size(); i++) {
      String sender = senders.get(i);
      if (TORN.matcher(sender).matches() && Character.isDigit(senders.get(i + 1).charAt(0))) {
        throw new CommandException(
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
    return TerminalText.of(channel + ":" + accountId + ":" + senderId);
  }
}
