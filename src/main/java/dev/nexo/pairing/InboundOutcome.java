package dev.nexo.pairing;

import java.util.Locale;

/**
 * The result of processing an incoming message.
 *
 * @param senderId the sender in canonical form; null if it is missing or the adapter rejects it
 * @param decision the gate's decision
 * @param challengeText the text to send to the sender; null unless challenged with {@code
 *     deliver:false}
 * @param delivery the result of the delivery; null unless challenged with {@code deliver:true}
 * @param command the command that the message was; null for any other message. The caller does not
 *     pass a command to the bot
 */
public record InboundOutcome(
    String senderId,
    Decision decision,
    String challengeText,
    DeliveryResult delivery,
    Command command) {

  /**
   * A command that an owner wrote in a chat, and that was executed.
   *
   * @param action what was done
   * @param number the number of the request
   */
  public record Command(Action action, long number) {

    /** What a command did. */
    public enum Action {
      /** The sender of the request was admitted. */
      APPROVED,
      /** The request was denied. */
      DENIED,
      /** The sender of the request was blocked. */
      BLOCKED,
      /** Nothing: there is no such pending request that this owner may decide. */
      UNKNOWN_REQUEST;

      /** Returns the name in JSON. */
      public String wireName() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** Creates the result of a message that is no command. */
  public InboundOutcome(
      String senderId, Decision decision, String challengeText, DeliveryResult delivery) {
    this(senderId, decision, challengeText, delivery, null);
  }

  /** Omits the challenge text, because it contains the code. */
  @Override
  public String toString() {
    return "InboundOutcome[senderId=%s, decision=%s, delivery=%s, command=%s]"
        .formatted(senderId, decision, delivery, command);
  }
}
