package dev.nexo.pairing;

/**
 * Who was turned away lately, so that an operator finds the one they have been missing.
 * Thread-safe.
 *
 * <p>Kept in the memory of this server alone, because a stranger's message costs no write: each
 * server tells what it dropped itself, and forgets it when it stops (ADR 18). Bounded, one entry
 * for each sender and reason; a flood does not displace other accounts, nor senders who write again
 * and again.
 */
public interface DroppedSenders {

  /**
   * Remembers a dropped message; quick, and throws nothing. Whoever drops a message calls it once.
   *
   * @param sender who wrote; one that is no {@link SenderKey#isSender} is not remembered
   * @param reason why it was dropped
   * @param text what they wrote, or null; cut to {@link MessageContext#MAX_TEXT} characters
   */
  void dropped(SenderKey sender, DropReason reason, String text);

  /**
   * Who was dropped, the last one first. A page goes on after the time and key where the one before
   * ended; whoever writes again meanwhile moves to the top, where the next reading finds them.
   *
   * @throws InvalidValueException where the cursor is not one of this list's
   */
  Page<DroppedSender> page(AccountFilter accounts, PageRequest page);
}
