package dev.nexo.pairing;

/**
 * The senders whose recent messages were dropped, so that an operator can find and admit one.
 * Thread-safe.
 *
 * <p>The list is in this server's memory only, because a stranger's message must not cause a write:
 * each server lists what it dropped itself since its start (ADR 18). The size is bounded, with one
 * entry per sender and reason. A flood evicts neither other accounts nor senders who write
 * repeatedly.
 */
public interface DroppedSenders {

  /**
   * Records a dropped message. The code that drops a message calls this once. Fast; throws no
   * exceptions.
   *
   * @param sender the sender; ignored if the id is not a valid one ({@link SenderKey#isSender})
   * @param reason the reason
   * @param text the message text, truncated to {@link MessageContext#MAX_TEXT} characters, or null
   */
  void dropped(SenderKey sender, DropReason reason, String text);

  /**
   * Returns the dropped senders, most recent first. A page continues after the time and key of the
   * previous page's last entry. A sender who writes again between two pages moves to the top and
   * appears when the list is read again.
   *
   * @throws InvalidValueException if the cursor is not from this list
   */
  Page<DroppedSender> page(AccountFilter accounts, PageRequest page);
}
