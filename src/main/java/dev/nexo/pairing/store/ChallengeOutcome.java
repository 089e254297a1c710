package dev.nexo.pairing.store;

import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.MessageContext.Hold;
import dev.nexo.pairing.PendingRequest;

/** The result of finding or creating a pending request. */
public sealed interface ChallengeOutcome {

  /**
   * The sender has a pending request.
   *
   * @param request the request, new or found
   * @param delivery whether the code is queued or sent to the sender
   * @param held how many messages of the sender are held
   * @param tooLarge whether it is recorded that a message was too large to be held
   */
  record Pending(PendingRequest request, Delivery delivery, int held, boolean tooLarge)
      implements ChallengeOutcome {

    /** Returns whether another message of the sender would be held, or recorded as too large. */
    boolean hasRoomFor(Hold message) {
      return message.tooLarge() ? !tooLarge : held < message.limit();
    }

    Pending with(Delivery other) {
      return new Pending(request, other, held, tooLarge);
    }

    Pending with(PendingRequest other) {
      return new Pending(other, delivery, held, tooLarge);
    }
  }

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
