package dev.nexo.pairing;

import java.time.Instant;
import java.util.Locale;

/**
 * A predicted decision of the gate with its reason.
 *
 * @param senderId the sender in canonical form, or the given id if the adapter rejects it
 * @param decision the predicted decision
 * @param reason the wire name of a {@link DropReason} or a {@link Reason}
 * @param since since when the row that decides has applied, or null
 * @param pending the pending request of the sender, or null
 * @param allowed the allow-from row of the sender, active or not, or null
 */
public record Explanation(
    String senderId,
    Decision.Kind decision,
    String reason,
    Instant since,
    PendingRequest pending,
    AllowedSender allowed) {

  /** The reasons of decisions that are not drops. */
  public enum Reason {
    /** The sender is in allow-from. */
    ALLOW_FROM,
    /** The sender is admitted only because the account admits everyone. */
    POLICY_OFF,
    /** The sender has a code and waits for the operator. */
    PENDING,
    /** The sender is not known; the next message gets a code. */
    UNKNOWN_SENDER;

    /** Returns the name in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
