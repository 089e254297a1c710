package dev.nexo.pairing;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The decision of the gate about one message ({@code protocol.md#gate}). */
public sealed interface Decision {

  /** The three kinds of decisions, for callers that need no details. */
  enum Kind {
    /** {@link Admit}. */
    ADMIT,
    /** {@link Challenge}. */
    CHALLENGE,
    /** {@link Drop}. */
    DROP;

    /** Returns the name in JSON and in metrics, for example {@code admit}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the kind of this decision. */
  default Kind kind() {
    if (this instanceof Admit) {
      return Kind.ADMIT;
    }
    return this instanceof Challenge ? Kind.CHALLENGE : Kind.DROP;
  }

  /**
   * The sender is admitted: the message may reach the bot.
   *
   * @param role what the sender is to the operator; {@link Role#GUEST} if the sender is admitted
   *     only because the policy is off
   * @param labels the sender's labels, in the order in which the operator gave them
   */
  record Admit(Role role, List<String> labels) implements Decision {
    private static final Admit OWNER = new Admit(Role.OWNER, List.of());

    /** A member without labels. */
    public static final Admit MEMBER = new Admit(Role.MEMBER, List.of());

    /** A guest without labels, for example every stranger if the policy is off. */
    public static final Admit GUEST = new Admit(Role.GUEST, List.of());

    /** Copies the labels. */
    public Admit {
      labels = List.copyOf(labels);
    }

    /** Returns the admission of a sender in allow-from; a shared one if there are no labels. */
    public static Admit of(AllowedSender row) {
      if (!row.labels().isEmpty()) {
        return new Admit(row.role(), row.labels());
      }
      return switch (row.role()) {
        case OWNER -> OWNER;
        case MEMBER -> MEMBER;
        case GUEST -> GUEST;
      };
    }
  }

  /**
   * The sender is unknown and has a pending request. Further messages get the same request and code
   * until it is decided or expires.
   *
   * @param request the pending request, with the code for the sender
   * @param delivery the state of the message that sends the code
   */
  record Challenge(PendingRequest request, Delivery delivery) implements Decision {
    /** The state of the challenge message in the database. */
    public enum Delivery {
      /** No caller has requested delivery. */
      NOT_ASKED,
      /** The challenge waits in the outbox. */
      QUEUED,
      /** The challenge was handed to the channel's adapter or the broker. */
      SENT,
      /** Nothing is sent to the sender: only the operator sees the request. */
      SILENT
    }

    /** Returns when the code expires. */
    public Instant expiresAt() {
      return request.expiresAt();
    }
  }

  /**
   * The message is dropped, and the sender gets no reply.
   *
   * @param reason the reason
   */
  record Drop(DropReason reason) implements Decision {}
}
