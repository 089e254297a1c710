package dev.nexo.pairing.store;

import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.PendingRequest;

/** The result of a search for a pending request, or of a new one. */
public sealed interface ChallengeOutcome {

  /**
   * The sender has a pending request.
   *
   * @param request the request, new or found
   * @param delivery whether the code is queued or sent to the sender
   */
  record Pending(PendingRequest request, Delivery delivery) implements ChallengeOutcome {}

  /** All slots of the account are taken. */
  record SlotsFull() implements ChallengeOutcome {}

  /**
   * The operator has decided on the sender in the meantime.
   *
   * @param state the state that the transaction has read
   */
  record Decided(SenderState state) implements ChallengeOutcome {}
}
