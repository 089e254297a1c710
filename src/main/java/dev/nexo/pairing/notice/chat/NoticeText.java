package dev.nexo.pairing.notice.chat;

import dev.nexo.pairing.InboundOutcome.Command;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.json.ClaimedName;
import dev.nexo.pairing.notice.Notice.Request;
import java.util.List;

/** The messages to owners, as plain text. Never contains a code. */
final class NoticeText {

  /** The message that tries whether owners are reached. */
  static final String TEST = "🔔 This is a test. You are told here of new requests.";

  /** The maximum number of requests in one message. */
  static final int MAX_REQUESTS = 10;

  /** The maximum length of an id, in characters. */
  private static final int MAX_ID = 64;

  /** The maximum length of a text in a list, so that ten fit into a message of Telegram. */
  private static final int MAX_LISTED_TEXT = 80;

  /** What a stranger could use to end the quotation that encloses the stranger's words. */
  private static final String QUOTES = "[\"“”„‟«»‹›〝〞〟＂]";

  private NoticeText() {}

  /** Returns the message about new requests. */
  static String of(List<Request> requests) {
    return requests.size() == 1 ? one(requests.get(0)) : list(requests);
  }

  private static String one(Request request) {
    StringBuilder text = new StringBuilder("🔔 New request #").append(request.number());
    text.append("\nSender: ").append(line(request.sender().senderId(), MAX_ID));
    request
        .claimedName()
        .ifPresent(name -> text.append("\nClaims the name: ").append(quoted(name)));
    text.append("\nWrote to: ").append(account(request.sender()));
    request.text().ifPresent(first -> text.append("\nMessage: ").append(quoted(first)));
    return text.append("\n\nAnswer: ").append(orders(request.number(), ", ")).toString();
  }

  private static String list(List<Request> requests) {
    StringBuilder text = new StringBuilder("🔔 ");
    text.append(requests.size()).append(" new requests");
    requests.stream().limit(MAX_REQUESTS).forEach(request -> item(text, request));
    if (requests.size() > MAX_REQUESTS) {
      text.append("\n\nand ").append(requests.size() - MAX_REQUESTS).append(" more");
    }
    text.append("\n\nAnswer with a number, for example: ");
    return text.append(orders(requests.get(0).number(), ", ")).toString();
  }

  private static void item(StringBuilder text, Request request) {
    text.append("\n\n#").append(request.number()).append(' ');
    text.append(line(request.sender().senderId(), MAX_ID));
    request.claimedName().ifPresent(name -> text.append(", claims the name ").append(quoted(name)));
    text.append(", wrote to ").append(account(request.sender()));
    request
        .text()
        .map(first -> ClaimedName.line(first, MAX_LISTED_TEXT))
        .ifPresent(first -> text.append(": ").append(quoted(first)));
  }

  /** Returns the line that answers a command. */
  static String answer(Command command, SenderKey sender) {
    if (command.action() == Command.Action.UNKNOWN_REQUEST) {
      return "#" + command.number() + " is not open. It was decided before, or it has expired.";
    }
    return "#%d is %s: %s, who wrote to %s."
        .formatted(
            command.number(),
            command.action().wireName(),
            line(sender.senderId(), MAX_ID),
            account(sender));
  }

  private static String orders(long number, String separator) {
    return "approve %1$d%2$sdeny %1$d%2$sblock %1$d".formatted(number, separator);
  }

  private static String account(SenderKey sender) {
    return line(sender.channel(), MAX_ID) + ", account " + line(sender.accountId(), MAX_ID);
  }

  private static String quoted(String strangers) {
    return '“' + strangers.replaceAll(QUOTES, "'") + '”';
  }

  private static String line(String id, int max) {
    return ClaimedName.line(id, max);
  }
}
