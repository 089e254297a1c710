package dev.nexo.pairing;

import java.time.Instant;

/**
 * Which lines of the audit trail are asked for.
 *
 * @param accounts only about these accounts
 * @param senderId only about this canonical sender, or null for all
 * @param since only from this time on, or null for all
 */
public record AuditFilter(AccountFilter accounts, String senderId, Instant since) {}
