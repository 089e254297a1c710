package dev.nexo.pairing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The terms of an admission.
 *
 * @param expiresAt when the admission expires, truncated to whole seconds; null for no expiry
 * @param note the operator's note, up to {@value #MAX_NOTE} characters, or null
 * @param role what the sender is to the operator
 * @param labels up to {@value #MAX_LABELS} names, each of 1–32 characters {@code a-z}, {@code 0-9},
 *     {@code _} and {@code -}; duplicates are removed
 * @param idle the time without a message after which the admission ends, in whole seconds, between
 *     1 hour and 3,650 days; null for no such end
 * @param membersOnly for a group: whether only messages of senders who are admitted themselves are
 *     admitted in it
 */
public record AllowTerms(
    Instant expiresAt,
    String note,
    Role role,
    List<String> labels,
    Duration idle,
    boolean membersOnly) {

  /** The maximum length of a note, in characters. */
  public static final int MAX_NOTE = 500;

  /** The maximum number of labels. */
  public static final int MAX_LABELS = 10;

  /** The minimum of {@link #idle()}, in seconds. */
  public static final long MIN_IDLE_SECONDS = 3_600;

  /** The maximum of {@link #idle()}, in seconds. */
  public static final long MAX_IDLE_SECONDS = 315_360_000;

  /** A member without expiry, note, labels and idle time. */
  public static final AllowTerms NONE = new AllowTerms(null, null);

  private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]{1,32}");

  /**
   * Creates the terms of a member without labels and idle time.
   *
   * @throws InvalidValueException if the note is invalid
   */
  public AllowTerms(Instant expiresAt, String note) {
    this(expiresAt, note, Role.MEMBER, List.of(), null);
  }

  /**
   * Creates the terms of a person, or of a group in which everyone is admitted.
   *
   * @throws InvalidValueException if a value is invalid
   */
  public AllowTerms(Instant expiresAt, String note, Role role, List<String> labels, Duration idle) {
    this(expiresAt, note, role, labels, idle, false);
  }

  /**
   * Creates the terms.
   *
   * @throws InvalidValueException if the note is too long or contains U+0000, which some databases
   *     reject; if there are too many labels or one is malformed; or if the idle time is out of
   *     range
   */
  public AllowTerms {
    if (note != null && note.indexOf('\0') >= 0) {
      throw new InvalidValueException("note", "must not contain the character U+0000");
    }
    if (note != null && note.length() > MAX_NOTE) {
      throw new InvalidValueException("note", "must be at most " + MAX_NOTE + " characters");
    }
    labels = labels.isEmpty() ? List.of() : labels.stream().distinct().toList();
    if (labels.size() > MAX_LABELS) {
      throw new InvalidValueException("labels", "must have at most " + MAX_LABELS + " elements");
    }
    if (!labels.stream().allMatch(AllowTerms::isLabel)) {
      throw new InvalidValueException(
          "labels", "must each be 1 to 32 characters of a-z, 0-9, _ and -");
    }
    if (idle != null
        && (idle.toSeconds() < MIN_IDLE_SECONDS || idle.toSeconds() > MAX_IDLE_SECONDS)) {
      throw new InvalidValueException(
          "idle_secs", "must be from " + MIN_IDLE_SECONDS + " to " + MAX_IDLE_SECONDS);
    }
  }

  /** Returns whether a string can be a label. */
  public static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  /**
   * A change of an admission's terms. A null component keeps the current value; an empty Optional
   * restores the default.
   *
   * @param expiresAt as in {@link AllowTerms}
   * @param note as in {@link AllowTerms}
   * @param role as in {@link AllowTerms}
   * @param labels as in {@link AllowTerms}
   * @param idle as in {@link AllowTerms}
   * @param membersOnly as in {@link AllowTerms}
   */
  public record Update(
      Optional<Instant> expiresAt,
      Optional<String> note,
      Optional<Role> role,
      Optional<List<String>> labels,
      Optional<Duration> idle,
      Optional<Boolean> membersOnly) {

    /** Creates a change that is not about the members of a group. */
    public Update(
        Optional<Instant> expiresAt,
        Optional<String> note,
        Optional<Role> role,
        Optional<List<String>> labels,
        Optional<Duration> idle) {
      this(expiresAt, note, role, labels, idle, null);
    }

    /** Creates a change of the expiry and the note. */
    public Update(Optional<Instant> expiresAt, Optional<String> note) {
      this(expiresAt, note, null, null, null, null);
    }

    /** Returns the terms after this change. */
    public AllowTerms applyTo(AllowTerms before) {
      return new AllowTerms(
          expiresAt == null ? before.expiresAt() : expiresAt.orElse(null),
          note == null ? before.note() : note.orElse(null),
          role == null ? before.role() : role.orElse(Role.MEMBER),
          labels == null ? before.labels() : labels.orElse(List.of()),
          idle == null ? before.idle() : idle.orElse(null),
          membersOnly == null ? before.membersOnly() : membersOnly.orElse(false));
    }
  }
}
