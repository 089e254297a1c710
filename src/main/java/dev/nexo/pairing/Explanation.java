package dev.nexo.pairing;

import java.time.Instant;

/**
 * A predicted decision of the gate with its reason.
 *
 * @param senderId the sender in canonical form, or the given id if the adapter rejects it
 * @param decision the predicted decision
 * @param reason the reason of the drop, or {@code allow_from}, {@code policy_off}, {@code pending}
 *     or {@code unknown_sender}
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

  /** The reason if the sender is admitted only because the account admits everyone. */
  public static final String POLICY_OFF = "policy_off";
}
