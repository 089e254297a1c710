package dev.nexo.pairing;

/**
 * The result of processing an incoming message.
 *
 * @param senderId the sender in canonical form; null if it is missing or the adapter rejects it
 * @param decision the gate's decision
 * @param challengeText the text to send to the sender; null unless challenged with {@code
 *     deliver:false} and not silently
 * @param delivery the result of the delivery; null unless challenged with {@code deliver:true} or
 *     silently
 */
public record InboundOutcome(
    String senderId, Decision decision, String challengeText, DeliveryResult delivery) {

  /** Omits the challenge text, because it contains the code. */
  @Override
  public String toString() {
    return "InboundOutcome[senderId=%s, decision=%s, delivery=%s]"
        .formatted(senderId, decision, delivery);
  }
}
