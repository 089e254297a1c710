package dev.nexo.pairing.spi;

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
 */
public record Reply(String id, String accountId, String to, String text, boolean accountNamed) {

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
