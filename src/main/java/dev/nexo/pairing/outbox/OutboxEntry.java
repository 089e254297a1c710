package dev.nexo.pairing.outbox;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import java.time.Instant;

/**
 * Something to be told to a sender.
 *
 * @param id the envelope's id, a UUID, the same at every attempt
 * @param requestId the request it belongs to
 * @param recipient whom to tell
 * @param code the code of a challenge; null: tell that the request was approved
 * @param createdAt since when it waits
 * @param attempts how often it has failed, 0 at first
 * @param leasedUntil until when this claim holds; tells it from a later one of somebody else's
 */
public record OutboxEntry(
    String id,
    String requestId,
    SenderKey recipient,
    PairingCode code,
    Instant createdAt,
    int attempts,
    Instant leasedUntil) {}
