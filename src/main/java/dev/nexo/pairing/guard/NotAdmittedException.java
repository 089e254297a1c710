package dev.nexo.pairing.guard;

import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;

/**
 * The sender of a call of an {@link Admitted} method is not admitted, so the method was not called.
 * The message contains neither the sender nor a code.
 */
public final class NotAdmittedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Decision decision;

  /**
   * Creates the exception.
   *
   * @param decision a challenge or a drop
   */
  public NotAdmittedException(Decision decision) {
    super(
        decision instanceof Drop drop
            ? "The message is dropped: " + drop.reason().wireName()
            : "The sender is not admitted: " + decision.kind().wireName());
    this.decision = decision;
  }

  /**
   * Returns the gate's decision. With a {@link Decision.Challenge}, the caller sends the code to
   * the sender, and to nobody else; a drop is not answered. Null after a deserialization.
   */
  public Decision decision() {
    return decision;
  }

  /** Returns whether the gate could not decide, so that the call may succeed later. */
  boolean isTemporary() {
    return decision instanceof Drop drop
        && (drop.reason() == DropReason.STORAGE || drop.reason() == DropReason.ADAPTER_UNAVAILABLE);
  }
}
