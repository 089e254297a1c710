package dev.nexo.pairing;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kind of change that an audit entry records. */
public enum AuditAction {
  /** An unknown sender was given a code. */
  CHALLENGED,
  /** An operator approved a pending request. */
  APPROVED,
  /** An operator denied a pending request. */
  DENIED,
  /** An operator blocked a sender. */
  BLOCKED,
  /** An operator unblocked a sender. */
  UNBLOCKED,
  /** An operator undid a decision about a request, which is pending again. */
  RESTORED,
  /** An operator changed expiry, note or notification of an admitted sender. */
  UPDATED,
  /** An operator admitted a sender without a pending request. */
  SEEDED,
  /** An operator revoked a sender. */
  REVOKED,
  /** What was decided about a group moved to its new id. */
  MOVED,
  /** A pending request expired. */
  EXPIRED,
  /** The operator's password was generated. */
  PASSWORD_MADE,
  /** An operator created a setup code. */
  SETUP_ISSUED,
  /** An operator cancelled a setup code. */
  SETUP_CANCELLED,
  /** A companion redeemed a setup code. */
  SETUP_REDEEMED,
  /** A setup code expired unused. */
  SETUP_EXPIRED,
  /** A signing key was generated. */
  KEY_MADE,
  /** A signing key was replaced. */
  KEY_ROTATED,
  /** A companion opened a session. */
  SESSION_OPENED,
  /** A companion received another token for its session because the first response was lost. */
  SESSION_REPEATED,
  /** A companion replaced the token of its session. */
  SESSION_ROTATED,
  /** A companion connected again, and its session got a later expiry. */
  SESSION_RENEWED,
  /** An operator ended a session. */
  SESSION_REVOKED,
  /** A companion ended its session. */
  SIGNED_OUT,
  /** A bootstrap token was presented again after it had been redeemed. */
  TOKEN_REPLAYED,
  /** An operator signed in to the console. */
  LOGIN_OPENED,
  /** An operator signed out of the console. */
  LOGIN_ENDED,
  /** An operator ended locks of an address or a login. */
  UNLOCKED,
  /** An operator subscribed a browser to notifications. */
  PUSH_SUBSCRIBED,
  /** A subscription to notifications ended. */
  PUSH_ENDED;

  private static final Map<String, AuditAction> BY_WIRE_NAME =
      Stream.of(values()).collect(Collectors.toMap(AuditAction::wireName, Function.identity()));

  /** Returns the name in the database and in JSON, for example {@code setup_issued}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the action with this wire name; empty if only a newer release has it. */
  public static Optional<AuditAction> of(String wireName) {
    return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
  }
}
