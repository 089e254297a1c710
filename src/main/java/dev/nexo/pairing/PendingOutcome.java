package dev.nexo.pairing;

import java.time.Instant;

/** The result of approving or denying a pending request. */
public sealed interface PendingOutcome {

  /**
   * The request was approved or denied.
   *
   * @param sender the sender of the request
   * @param at the time of the decision, in whole seconds
   */
  record Done(SenderKey sender, Instant at) implements PendingOutcome {}

  /**
   * The code has expired within the last 24 hours; the sender has to write again to get a new one.
   *
   * @param sender the sender of the request
   */
  record Expired(SenderKey sender) implements PendingOutcome {}

  /** The code does not exist, was approved or denied before, or expired more than 24 hours ago. */
  record Unknown() implements PendingOutcome {}
}
