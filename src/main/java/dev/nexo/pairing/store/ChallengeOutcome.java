package dev.nexo.pairing.store;

import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.PendingRequest;

/** The result of finding or creating a pending request. */
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
   * The account has made as many challenges within the hour as it may.
   *
   * @param reported whether a drop for this reason was reported within the hour
   */
  record BudgetUsed(boolean reported) implements ChallengeOutcome {}

  /**
   * The operator has admitted, denied or blocked the sender since the gate read the state.
   *
   * @param state the state that the transaction read
   */
  record Decided(SenderState state) implements ChallengeOutcome {}
}
