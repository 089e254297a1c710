package dev.nexo.pairing;

/**
 * Processes one incoming message: asks the gate, then delivers the challenge. Thread-safe.
 *
 * <p><b>What comes in:</b> a message as the channel's plugin received it.
 *
 * <p><b>What happens:</b> the channel's adapter normalizes the sender id, and {@link PairingGate}
 * decides. If the decision is a challenge and the message has {@code deliver:true}, the transaction
 * that stores the pending request also puts the challenge into the outbox, from which it is sent
 * once per request.
 *
 * <p><b>What goes out:</b> the decision. With a challenge, also the result of the delivery, or,
 * with {@code deliver:false}, the text that the caller sends to the sender.
 *
 * <p><b>What can go wrong:</b> if the adapter does not answer or the database fails, the message is
 * dropped. If the challenge cannot be sent, it stays in the outbox and is sent later with the same
 * id.
 */
public interface PairingIntake {

  /**
   * Decides about a message, and delivers the challenge if there is one and the message has {@code
   * deliver:true}.
   *
   * @param message the message as received
   * @return the result; failures of the database and of adapters are drops, never exceptions
   * @throws InvalidValueException if channel, account or sender is malformed
   */
  InboundOutcome receive(InboundMessage message);
}
