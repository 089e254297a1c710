package dev.nexo.pairing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A row of allow-from, the list of admitted senders.
 *
 * @param sender the admitted sender
 * @param approvedAt when the sender was admitted, in whole seconds
 * @param approvedVia the interface used: {@code cli}, {@code seed}, {@code api}, {@code console} or
 *     {@code chat}; rows that Nexo created may contain other values
 * @param revokedAt when the sender was revoked, or null
 * @param expiresAt when the admission expires, or null for no expiry
 * @param note the operator's note, or null
 * @param role what the sender is to the operator
 * @param labels the sender's labels
 * @param idle the time without a message after which the admission ends, or null
 * @param lastSeenAt when the gate last admitted a message of the sender, in whole seconds and up to
 *     a minute late; null if it never did
 * @param membersOnly for a group: whether only messages of senders who are admitted themselves are
 *     admitted in it
 */
public record AllowedSender(
    SenderKey sender,
    Instant approvedAt,
    String approvedVia,
    Instant revokedAt,
    Instant expiresAt,
    String note,
    Role role,
    List<String> labels,
    Duration idle,
    Instant lastSeenAt,
    boolean membersOnly) {

  /** Why a row of allow-from does not admit its sender. */
  public enum End {
    /** The operator revoked the sender. */
    REVOKED,
    /** The admission has expired. */
    EXPIRED,
    /** The sender wrote nothing for the idle time. */
    IDLE;

    /** Returns the name in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns when the sender was last seen or, if that is later or never was, admitted. */
  public Instant activeAt() {
    return lastSeenAt == null || lastSeenAt.isBefore(approvedAt) ? approvedAt : lastSeenAt;
  }

  /** Returns when the idle time ends if the sender writes nothing; null if there is none. */
  public Instant idleEndsAt() {
    return idle == null ? null : activeAt().plus(idle);
  }

  /** Returns why this row does not admit its sender at a time, or null if it does. */
  public End endedAt(Instant time) {
    if (revokedAt != null) {
      return End.REVOKED;
    }
    if (expiresAt != null && !time.isBefore(expiresAt)) {
      return End.EXPIRED;
    }
    return idle != null && !time.isBefore(idleEndsAt()) ? End.IDLE : null;
  }

  /** Returns whether this row admits its sender at a time. */
  public boolean inForceAt(Instant time) {
    return endedAt(time) == null;
  }
}
