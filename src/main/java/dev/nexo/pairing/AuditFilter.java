package dev.nexo.pairing;

import java.time.Instant;

/**
 * Restricts a list of the audit trail.
 *
 * @param accounts the accounts whose entries are listed
 * @param senderId the sender in canonical form, or null for all
 * @param since the earliest time, inclusive, or null for no limit
 */
public record AuditFilter(AccountFilter accounts, String senderId, Instant since) {}
