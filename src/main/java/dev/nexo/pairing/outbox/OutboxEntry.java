package dev.nexo.pairing.outbox;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import java.time.Instant;

/**
 * A message to a sender.
 *
 * @param id the envelope's id, a UUID, the same at every attempt
 * @param requestId the request it belongs to
 * @param recipient the sender
 * @param code the code of a challenge; null: the message that the request was approved
 * @param createdAt since when it waits
 * @param attempts how often it has failed, 0 at first
 * @param leasedUntil when this claim expires; distinguishes it from a later claim of another node
 */
public record OutboxEntry(
    String id,
    String requestId,
    SenderKey recipient,
    PairingCode code,
    Instant createdAt,
    int attempts,
    Instant leasedUntil) {}
