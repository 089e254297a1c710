package dev.nexo.pairing;

import java.time.Instant;

/**
 * One entry of the audit trail. Entries are never changed or deleted.
 *
 * @param id the id; newer entries have larger ids
 * @param at the time of the change
 * @param actor the account that made the change, or {@code gate}
 * @param surface the interface used, a {@link Surface#wireName()}
 * @param action the wire name of an {@link AuditAction}; entries of a newer release may have other
 *     names
 * @param sender the sender concerned, or null
 * @param detail the reason or circumstances, or null; never a code
 * @param subject the object of the change: the id of the pending request ({@code challenged},
 *     {@code approved}, {@code denied}, {@code blocked}, {@code expired}), of the setup code
 *     ({@code setup_…}) or of the session ({@code session_…}, {@code signed_out}); null for every
 *     other action, if no request was pending, and for entries of older releases
 */
public record AuditEntry(
    long id,
    Instant at,
    String actor,
    String surface,
    String action,
    SenderKey sender,
    String detail,
    String subject) {}
