package dev.nexo.pairing;

import java.time.Instant;

/**
 * A blocked sender: their messages are dropped until an operator unblocks them.
 *
 * @param sender the sender
 * @param blockedAt when the sender was blocked
 * @param reason the operator's note, or null
 */
public record BlockedSender(SenderKey sender, Instant blockedAt, String reason) {}
