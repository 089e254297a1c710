package dev.nexo.pairing;

import java.time.Instant;

/**
 * One line of the audit trail, which is only ever added to.
 *
 * @param id grows with time
 * @param at when
 * @param actor who: an account's name, or {@code gate}
 * @param surface through what, as in {@link Surface#wireName()}
 * @param action the wire name of an {@link AuditAction}; lines of a newer release may have others
 * @param sender whom it was about, or null
 * @param detail the reason or circumstances, or null; never a code
 * @param subject what it was about: the id of the pending request ({@code challenged}, {@code
 *     approved}, {@code denied}, {@code blocked}, {@code expired}), of the setup code ({@code
 *     setup_…}) or of the session ({@code session_…}, {@code signed_out}); null for every other
 *     action, where no request was waiting, and for lines of older releases
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
