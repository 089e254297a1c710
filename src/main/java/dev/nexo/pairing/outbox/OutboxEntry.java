package dev.nexo.pairing.outbox;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import java.time.Instant;

/**
 * A message to a sender, claimed from the outbox by one server.
 *
 * @param id the envelope's id, a UUID; every attempt uses the same id
 * @param requestId the pairing request that the message belongs to
 * @param recipient the sender
 * @param accountNamed whether the sender's message named its account
 * @param code the code of a challenge; null if the message says that the request was approved
 * @param createdAt when the message was added to the outbox
 * @param attempts how many attempts have failed, initially 0
 * @param leasedUntil when this claim expires; distinguishes it from a later claim of another node
 */
public record OutboxEntry(
    String id,
    String requestId,
    SenderKey recipient,
    boolean accountNamed,
    PairingCode code,
    Instant createdAt,
    int attempts,
    Instant leasedUntil) {}
