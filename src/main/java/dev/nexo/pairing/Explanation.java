package dev.nexo.pairing;

import java.time.Instant;

/**
 * What the gate would say, and why.
 *
 * @param senderId the canonical sender, or what was asked where the adapter rejects it
 * @param decision what the gate would decide
 * @param reason the drop's reason, or {@code allow_from}, {@code policy_off}, {@code pending},
 *     {@code unknown_sender}
 * @param since since when the row behind it says so, or null
 * @param pending the pending request behind it, or null
 * @param allowed the allow-from row of the sender, in force or not, or null
 */
public record Explanation(
    String senderId,
    Decision.Kind decision,
    String reason,
    Instant since,
    PendingRequest pending,
    AllowedSender allowed) {}
