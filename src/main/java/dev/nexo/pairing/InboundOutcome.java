package dev.nexo.pairing;

/**
 * What became of a message.
 *
 * @param senderId the canonical sender; null where there is none or its adapter rejects it
 * @param decision what the gate said
 * @param challengeText the text to send to the sender; null unless challenged with {@code
 *     deliver:false}
 * @param delivery how the challenge went out; null unless challenged with {@code deliver:true}
 */
public record InboundOutcome(
    String senderId, Decision decision, String challengeText, DeliveryResult delivery) {

  /** Leaves the challenge's text out: it bears the code. */
  @Override
  public String toString() {
    return "InboundOutcome[senderId=%s, decision=%s, delivery=%s]"
        .formatted(senderId, decision, delivery);
  }
}
