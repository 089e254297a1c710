package dev.nexo.pairing;

import dev.nexo.pairing.PendingRequest.HeldMessage;
import java.time.Instant;
import java.util.List;

/** The result of approving or denying a pending request. */
public sealed interface PendingOutcome {

  /**
   * The request was approved or denied.
   *
   * @param sender the sender of the request
   * @param at the time of the decision, in whole seconds
   * @param held the messages of an approved sender that the approving caller delivers; empty if
   *     there are none or they are delivered in another way
   */
  record Done(SenderKey sender, Instant at, List<HeldMessage> held) implements PendingOutcome {

    /** Creates the result of a decision without held messages. */
    public Done(SenderKey sender, Instant at) {
      this(sender, at, List.of());
    }
  }

  /**
   * The code has expired within the last 24 hours; the sender has to write again to get a new one.
   *
   * @param sender the sender of the request
   */
  record Expired(SenderKey sender) implements PendingOutcome {}

  /** The code does not exist, was approved or denied before, or expired more than 24 hours ago. */
  record Unknown() implements PendingOutcome {}
}
