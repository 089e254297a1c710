package dev.nexo.pairing;

import java.time.Instant;

/**
 * Somebody whose messages this server dropped lately, for one reason.
 *
 * @param sender who: in canonical form, or as it came and trimmed where the adapter did not take it
 * @param reason why
 * @param count how many messages, since {@code firstAt}
 * @param firstAt when the first of them came
 * @param lastAt when the last one came
 * @param text what they wrote last, at most {@link MessageContext#MAX_TEXT} characters, or null
 *     where no text came with any of them; a stranger's own words, control characters and all
 */
public record DroppedSender(
    SenderKey sender,
    DropReason reason,
    long count,
    Instant firstAt,
    Instant lastAt,
    String text) {}
