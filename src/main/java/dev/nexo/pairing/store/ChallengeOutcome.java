package dev.nexo.pairing.store;

import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.PendingRequest;

/** What came of asking for a pending request. */
public sealed interface ChallengeOutcome {

  /**
   * The sender has a pending request.
   *
   * @param request the request, new or found
   * @param delivery how far telling the sender is
   */
  record Pending(PendingRequest request, Delivery delivery) implements ChallengeOutcome {}

  /** All slots of the account are taken. */
  record SlotsFull() implements ChallengeOutcome {}

  /**
   * The operator has decided on the sender in the meantime.
   *
   * @param state what the database says now
   */
  record Decided(SenderState state) implements ChallengeOutcome {}
}
