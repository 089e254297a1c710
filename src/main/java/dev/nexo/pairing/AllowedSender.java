package dev.nexo.pairing;

import java.time.Instant;

/**
 * A row of allow-from.
 *
 * @param sender who is admitted
 * @param approvedAt since when, whole seconds
 * @param approvedVia through what: {@code cli}, {@code seed}, {@code api}, {@code console} or
 *     {@code chat}; other words may stand in rows that Nexo made
 * @param revokedAt since when no longer, or null
 * @param expiresAt until when, or null for good
 * @param note the operator's own words on it, or null
 */
public record AllowedSender(
    SenderKey sender,
    Instant approvedAt,
    String approvedVia,
    Instant revokedAt,
    Instant expiresAt,
    String note) {

  /** Whether this row admits its sender at that time. */
  public boolean inForceAt(Instant time) {
    return revokedAt == null && (expiresAt == null || time.isBefore(expiresAt));
  }
}
