package dev.nexo.pairing;

import java.time.Instant;
import java.util.List;

/**
 * The request of an unknown sender who has a code and waits for the operator.
 *
 * @param requestId the id of the request; not secret, so it may appear in logs and URLs
 * @param number a short number by which the operator can name the request, from 1; the database
 *     never uses it again
 * @param sender the sender
 * @param code the code that the sender received
 * @param createdAt when the sender first wrote, in whole seconds
 * @param expiresAt when the code expires, 60 minutes later
 * @param text the text of the first message, or null
 * @param metaJson details about the sender from the channel, a JSON object
 */
public record PendingRequest(
    String requestId,
    long number,
    SenderKey sender,
    PairingCode code,
    Instant createdAt,
    Instant expiresAt,
    String text,
    String metaJson) {

  /** Returns this request with another text; the same if that is null. */
  public PendingRequest withText(String other) {
    return other == null
        ? this
        : new PendingRequest(
            requestId,
            number,
            sender,
            code,
            createdAt,
            expiresAt,
            MessageContext.kept(other),
            metaJson);
  }

  /**
   * A message that the sender wrote before the decision, held for delivery after the approval
   * ({@code protocol.md#held-messages}).
   *
   * @param id identifies the message: the request's id, a slash and a number that counts up from 1.
   *     The same each time the message is read or delivered
   * @param receivedAt when it was received
   * @param text the message text; null if it has none or is not readable
   * @param metaJson the JSON object that came with it; {@code {}} if there was none or it is not
   *     readable
   * @param readable false if this server does not have the key under which the message is encrypted
   */
  public record HeldMessage(
      String id, Instant receivedAt, String text, String metaJson, boolean readable) {

    /** Omits what the message says. */
    @Override
    public String toString() {
      return "HeldMessage[id=" + id + ", receivedAt=" + receivedAt + "]";
    }
  }

  /**
   * The held messages of one request.
   *
   * @param requestId the request
   * @param messages the messages in the order in which they were received
   * @param tooLarge whether a message was larger than {@value MessageContext.Hold#MAX_BYTES} bytes;
   *     such a message is not held
   */
  public record HeldMessages(String requestId, List<HeldMessage> messages, boolean tooLarge) {}
}
