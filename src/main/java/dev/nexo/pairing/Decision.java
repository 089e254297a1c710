package dev.nexo.pairing;

import java.time.Instant;
import java.util.Locale;

/** The decision of the gate about one message ({@code protocol.md#gate}). */
public sealed interface Decision {

  /** The three kinds of decisions, for callers that need no more. */
  enum Kind {
    /** {@link Admit}. */
    ADMIT,
    /** {@link Challenge}. */
    CHALLENGE,
    /** {@link Drop}. */
    DROP;

    /** The name in JSON and in metrics, such as {@code admit}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which kind of decision this is. */
  default Kind kind() {
    if (this instanceof Admit) {
      return Kind.ADMIT;
    }
    return this instanceof Challenge ? Kind.CHALLENGE : Kind.DROP;
  }

  /** The message may pass. */
  record Admit() implements Decision {
    /** The only one needed: an admission carries nothing. */
    public static final Admit INSTANCE = new Admit();
  }

  /**
   * The sender is unknown and waits for the operator. Writing again gives the same request.
   *
   * @param request the pending request, with the code to be told to the sender
   * @param delivery how far telling them is
   */
  record Challenge(PendingRequest request, Delivery delivery) implements Decision {
    /** How far the delivery of the challenge is, as the database knows it. */
    public enum Delivery {
      /** Nobody has asked for the challenge to be delivered. */
      NOT_ASKED,
      /** It waits in the outbox. */
      QUEUED,
      /** It has been handed over. */
      SENT
    }

    /** When the code stops working. */
    public Instant expiresAt() {
      return request.expiresAt();
    }
  }

  /**
   * The message is dropped and the sender is told nothing.
   *
   * @param reason why
   */
  record Drop(DropReason reason) implements Decision {}
}
