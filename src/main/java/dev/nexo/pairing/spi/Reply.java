package dev.nexo.pairing.spi;

/**
 * A text for somebody on a channel.
 *
 * @param id a UUID; stays the same should the reply have to be repeated, so that whoever carries it
 *     can tell a repetition
 * @param accountId the operator's account it is sent from
 * @param to the receiver in the channel's canonical form
 * @param text what to say, formatted for the channel
 */
public record Reply(String id, String accountId, String to, String text) {

  /** Leaves the text out: it may bear a code. */
  @Override
  public String toString() {
    return "Reply[id=%s, accountId=%s, to=%s]".formatted(id, accountId, to);
  }
}
