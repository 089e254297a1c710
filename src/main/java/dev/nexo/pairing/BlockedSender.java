package dev.nexo.pairing;

import java.time.Instant;

/**
 * A sender whose messages are dropped until they are unblocked.
 *
 * @param sender who
 * @param blockedAt since when
 * @param reason the operator's own words on it, or null
 */
public record BlockedSender(SenderKey sender, Instant blockedAt, String reason) {}
