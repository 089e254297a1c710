package dev.nexo.pairing.outbox;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import java.time.Instant;

/**
 * A message, claimed from the outbox by one server.
 *
 * @param id the envelope's id, a UUID; every attempt uses the same id
 * @param requestId the pairing request that the message belongs to
 * @param kind what the message says, for example {@code challenge}
 * @param recipient the sender of the request
 * @param target who receives it, if that is not the sender; otherwise empty
 * @param accountNamed whether the sender's message named its account
 * @param code the code of a challenge; null for other kinds
 * @param payload what the message says, as JSON, if the kind and the request do not say it; or null
 * @param createdAt when the message was added to the outbox
 * @param attempts how many attempts have failed, initially 0
 * @param leasedUntil when this claim expires; distinguishes it from a later claim of another node
 */
public record OutboxEntry(
    String id,
    String requestId,
    String kind,
    SenderKey recipient,
    String target,
    boolean accountNamed,
    PairingCode code,
    String payload,
    Instant createdAt,
    int attempts,
    Instant leasedUntil) {

  /** The kind of the message that gives a stranger the code. */
  public static final String CHALLENGE = "challenge";

  /** The kind of the message that contains nothing but the code. */
  public static final String CODE = "code";

  /** The kind of the message that tells a sender about the approval. */
  public static final String APPROVAL = "approved";

  /** The kind of the message that tells a sender about the denial. */
  public static final String DENIAL = "denied";

  /** The kind of the message that tells a sender that the code has expired. */
  public static final String EXPIRY = "expired";

  /** Returns whether this is the message that gives a stranger the code. */
  boolean isChallenge() {
    return kind.equals(CHALLENGE);
  }

  /** The kind of the message that tells an owner of new requests. */
  public static final String OWNER = "owner";

  /**
   * The kind of the message that answers a command of an owner. Its payload is a {@link
   * ChatPayload}.
   */
  public static final String OWNER_ANSWER = "owner_answer";

  /** Omits what the message says. */
  @Override
  public String toString() {
    return "OutboxEntry[id=%s, kind=%s, requestId=%s]".formatted(id, kind, requestId);
  }
}
