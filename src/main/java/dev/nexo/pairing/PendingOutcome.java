package dev.nexo.pairing;

import java.time.Instant;

/** What came of approving or denying a pending request. */
public sealed interface PendingOutcome {

  /**
   * Done.
   *
   * @param sender whose request it was
   * @param at when, whole seconds
   */
  record Done(SenderKey sender, Instant at) implements PendingOutcome {}

  /**
   * The code had expired; the sender has to write again.
   *
   * @param sender whose request it was
   */
  record Expired(SenderKey sender) implements PendingOutcome {}

  /** No such code, or approved or denied already, or expired more than 24 hours ago. */
  record Unknown() implements PendingOutcome {}
}
