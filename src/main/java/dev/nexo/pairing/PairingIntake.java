package dev.nexo.pairing;

/**
 * Takes one message from raw to outcome: gate first, then delivery of the challenge. Thread-safe.
 */
public interface PairingIntake {

  /**
   * Decides on a message and, where it is to be challenged and delivered, delivers the challenge
   * once per request.
   *
   * @param message the message as it came
   * @return what became of it; faults of storage and adapters are drops, never exceptions
   * @throws InvalidValueException where channel, account or sender is malformed
   */
  InboundOutcome receive(InboundMessage message);
}
