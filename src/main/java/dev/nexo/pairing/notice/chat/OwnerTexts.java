package dev.nexo.pairing.notice.chat;

import dev.nexo.pairing.InboundOutcome.Command;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.channel.SenderTexts;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.json.ClaimedName;
import dev.nexo.pairing.message.TextFormat;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextPlaceholder;
import dev.nexo.pairing.notice.FirstWords;
import dev.nexo.pairing.notice.Notice.Request;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the messages to owners, in the configured language and the markup of the owner's channel.
 * What a stranger claims is in quotation marks, which the stranger cannot end. Never contains a
 * code. Thread-safe.
 */
@Component
class OwnerTexts {

  /** The maximum number of requests in one message. */
  private static final int MAX_REQUESTS = 10;

  /** No further request is added to a message of this length; Telegram accepts 4,096 characters. */
  private static final int MAX_LENGTH = 3_800;

  /** The maximum length of an id, in characters. */
  private static final int MAX_ID = 64;

  /** The maximum length of the first words in a list, in characters. */
  private static final int MAX_LISTED_TEXT = 80;

  private static final String GAP = "\n\n";

  /** A slash with which a command begins. */
  private static final String COMMAND = "(?<!\\w)/(?=\\w)";

  /** Looks like a slash. */
  private static final String DIVISION = "\u2215";

  private final SenderTexts texts;
  private final Texts templates;
  private final FirstWords words;
  private final PairingStore store;

  @Inject
  OwnerTexts(SenderTexts texts, Texts templates, FirstWords words, PairingStore store) {
    this.texts = texts;
    this.templates = templates;
    this.words = words;
    this.store = store;
  }

  /**
   * A message about new requests.
   *
   * @param text the text, in the markup of the channel
   * @param shown the requests in it
   */
  record Told(String text, List<Request> shown) {}

  /**
   * Returns the message about those requests that were not decided, and have not expired, while the
   * notice waited; empty if there is none. The first of them are shown.
   */
  Optional<Told> notice(SenderKey owner, List<Request> planned) {
    List<Request> open =
        planned.stream().filter(request -> store.pending(request.requestId()).isPresent()).toList();
    return open.isEmpty() ? Optional.empty() : Optional.of(listed(owner, open));
  }

  private Told listed(SenderKey owner, List<Request> open) {
    int total = open.size();
    List<Request> requests = words.added(open.stream().limit(MAX_REQUESTS).toList());
    if (total == 1) {
      Request request = requests.get(0);
      return new Told(
          text(owner, TextKind.OWNER, values(request, Request.MAX_TEXT)), List.of(request));
    }
    String gap = texts.plain(owner.channel(), GAP);
    StringBuilder list = new StringBuilder(text(owner, TextKind.OWNER_LIST, number(total)));
    int shown = 0;
    for (Request request : requests) {
      String item = text(owner, TextKind.OWNER_LISTED, values(request, MAX_LISTED_TEXT));
      if (shown > 0 && list.length() + item.length() > MAX_LENGTH) {
        break;
      }
      list.append(gap).append(item);
      shown++;
    }
    if (total > shown) {
      list.append(gap).append(text(owner, TextKind.OWNER_MORE, number(total - shown)));
    }
    Map<TextPlaceholder, String> example = number(requests.get(0).number());
    list.append(gap).append(text(owner, TextKind.OWNER_ORDERS, example));
    return new Told(list.toString(), requests.subList(0, shown));
  }

  /**
   * Returns the line that answers a command.
   *
   * @param requester whose request it was, or null if there is no such request
   */
  String answer(SenderKey owner, Command command, SenderKey requester) {
    TextKind kind =
        switch (command.action()) {
          case APPROVED -> TextKind.OWNER_APPROVED;
          case DENIED -> TextKind.OWNER_DENIED;
          case BLOCKED -> TextKind.OWNER_BLOCKED;
          case UNKNOWN_REQUEST -> TextKind.OWNER_UNKNOWN;
        };
    Map<TextPlaceholder, String> values = number(command.number());
    if (requester != null) {
      add(values, requester);
    }
    return text(owner, kind, values);
  }

  /** Returns the message that tries whether an owner is reached. */
  String test(SenderKey owner) {
    return text(owner, TextKind.OWNER_TEST, Map.of());
  }

  /** Returns the text on a button, which has no markup. */
  String label(SenderKey owner, Order order) {
    return templates
        .find(owner.channel(), owner.accountId(), null, order.label())
        .template()
        .render(Map.of(), TextFormat.PLAIN);
  }

  private String text(SenderKey owner, TextKind kind, Map<TextPlaceholder, String> values) {
    return texts.text(owner.channel(), owner.accountId(), null, kind, values);
  }

  private static Map<TextPlaceholder, String> values(Request request, int maxText) {
    Map<TextPlaceholder, String> values = number(request.number());
    add(values, request.sender());
    request.claimedName().ifPresent(name -> values.put(TextPlaceholder.NAME, quoted(name)));
    request
        .text()
        .map(first -> ClaimedName.line(first, maxText))
        .ifPresent(first -> values.put(TextPlaceholder.TEXT, quoted(first)));
    return values;
  }

  private static Map<TextPlaceholder, String> number(long number) {
    Map<TextPlaceholder, String> values = new EnumMap<>(TextPlaceholder.class);
    values.put(TextPlaceholder.NUMBER, String.valueOf(number));
    return values;
  }

  private static void add(Map<TextPlaceholder, String> values, SenderKey sender) {
    values.put(TextPlaceholder.SENDER, unlinked(ClaimedName.line(sender.senderId(), MAX_ID)));
    values.put(TextPlaceholder.CHANNEL, ClaimedName.line(sender.channel(), MAX_ID));
    values.put(TextPlaceholder.ACCOUNT, ClaimedName.line(sender.accountId(), MAX_ID));
  }

  private static String quoted(String strangers) {
    return unlinked(ClaimedName.quoted(strangers));
  }

  /**
   * Replaces the slash of commands such as {@code /reset}. Telegram makes a link of each, and a tap
   * on it would send the command to the bot in the owner's name.
   */
  private static String unlinked(String strangers) {
    return strangers.replaceAll(COMMAND, DIVISION);
  }
}
