package dev.nexo.pairing;

import java.time.Instant;

/**
 * A row of allow-from, the list of admitted senders.
 *
 * @param sender the admitted sender
 * @param approvedAt when the sender was admitted, in whole seconds
 * @param approvedVia the interface used: {@code cli}, {@code seed}, {@code api}, {@code console} or
 *     {@code chat}; rows that Nexo created may contain other values
 * @param revokedAt when the sender was revoked, or null
 * @param expiresAt when the admission expires, or null for no expiry
 * @param note the operator's note, or null
 */
public record AllowedSender(
    SenderKey sender,
    Instant approvedAt,
    String approvedVia,
    Instant revokedAt,
    Instant expiresAt,
    String note) {

  /** Returns whether this row admits its sender at a time: it is neither revoked nor expired. */
  public boolean inForceAt(Instant time) {
    return revokedAt == null && (expiresAt == null || time.isBefore(expiresAt));
  }
}
