package dev.nexo.pairing.spi;

import java.util.List;

/**
 * A message for one receiver on a channel.
 *
 * @param id a UUID; stays the same if the reply is sent again, so that the channel can recognize a
 *     duplicate
 * @param accountId the operator's account that sends
 * @param to the receiver in the channel's canonical form
 * @param text the text, formatted for the channel
 * @param accountNamed whether the message that is answered named the account. If not, the channel's
 *     plugin may know of no accounts
 * @param buttons rows of buttons below the text; none for most messages. A channel without buttons
 *     leaves them out: the text says everything
 */
public record Reply(
    String id,
    String accountId,
    String to,
    String text,
    boolean accountNamed,
    List<List<Button>> buttons) {

  /**
   * A button.
   *
   * @param label plain text
   * @param data what comes back if the button is pressed, at most 64 bytes
   */
  public record Button(String label, String data) {

    /** Omits the data. */
    @Override
    public String toString() {
      return "Button[label=" + label + "]";
    }
  }

  /** Copies the buttons. */
  public Reply {
    buttons = buttons.stream().map(List::copyOf).toList();
  }

  /** Creates a reply without buttons. */
  public Reply(String id, String accountId, String to, String text, boolean accountNamed) {
    this(id, accountId, to, text, accountNamed, List.of());
  }

  /** Creates a reply to a message that named its account. */
  public Reply(String id, String accountId, String to, String text) {
    this(id, accountId, to, text, true);
  }

  /** Omits the text, because it may contain a code. */
  @Override
  public String toString() {
    return "Reply[id=%s, accountId=%s, to=%s]".formatted(id, accountId, to);
  }
}
