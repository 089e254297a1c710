package dev.nexo.pairing;

import java.time.Instant;

/**
 * A sender whose recent messages this server dropped for one reason.
 *
 * @param sender the sender in canonical form, or the trimmed id as received if the adapter rejected
 *     it
 * @param reason the reason
 * @param count the number of messages since {@code firstAt}
 * @param firstAt when the first message was dropped
 * @param lastAt when the last message was dropped
 * @param text the last message text, at most {@link MessageContext#MAX_TEXT} characters, or null if
 *     no message had a text. It is untrusted and may contain control characters
 * @param groupId the group in which the sender wrote the last message that named one: a group that
 *     is limited to its approved members, or in which the sender is denied or blocked; otherwise
 *     null
 */
public record DroppedSender(
    SenderKey sender,
    DropReason reason,
    long count,
    Instant firstAt,
    Instant lastAt,
    String text,
    String groupId) {

  /** Creates a sender whose messages were not written in an approved group. */
  public DroppedSender(
      SenderKey sender,
      DropReason reason,
      long count,
      Instant firstAt,
      Instant lastAt,
      String text) {
    this(sender, reason, count, firstAt, lastAt, text, null);
  }
}
