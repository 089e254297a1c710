package dev.nexo.pairing.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * What a channel adapter says about a sender id: whose id it is, and its canonical form.
 *
 * <ul>
 *   <li>{@link Kind#PERSON}: one person. The sender can be admitted and challenged.
 *   <li>{@link Kind#GROUP}: a group, a channel or a broadcast list, that is, many readers. It is
 *       never challenged. With a canonical id it can be admitted in advance; without one it is
 *       rejected.
 *   <li>{@link Kind#SHARED}: an account that speaks for many people, such as a service account of
 *       the channel. It is rejected, because admitting it would admit all of them.
 *   <li>{@link Kind#IMPOSSIBLE}: no sender on this channel has this id. It is rejected.
 * </ul>
 *
 * @param kind whose id it is
 * @param canonical the id in canonical form, or null if the id is rejected
 * @param reason why it is not one person, in {@code snake_case}, for example {@code trunk_zero};
 *     null for a person
 */
public record SenderVerdict(Kind kind, String canonical, String reason) {

  /** The reason for an id that stands for a group, a channel or a broadcast list. */
  public static final String GROUP_REASON = "group";

  /** The reason for an id that stands for many people. */
  public static final String SHARED_REASON = "shared_sender";

  /** The reason for a rejected id if the adapter gives no other. */
  public static final String REJECTED_REASON = "rejected_sender";

  /** Whose id it is. */
  public enum Kind {
    /** One person. */
    PERSON,
    /** An account that speaks for many people. */
    SHARED,
    /** A group, a channel or a broadcast list. */
    GROUP,
    /** No sender has this id. */
    IMPOSSIBLE
  }

  /**
   * Creates a verdict; the factory methods are shorter.
   *
   * @throws NullPointerException if the kind is null, or an id is missing for a person, or a reason
   *     for anything else
   * @throws IllegalArgumentException if an id that is shared or impossible has a canonical form
   */
  public SenderVerdict {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(kind == Kind.PERSON ? canonical : reason, "canonical or reason");
    if (canonical != null && (kind == Kind.SHARED || kind == Kind.IMPOSSIBLE)) {
      throw new IllegalArgumentException("An id that is rejected has no canonical form");
    }
  }

  /** Returns the verdict on an id of one person. */
  public static SenderVerdict person(String canonical) {
    return new SenderVerdict(Kind.PERSON, canonical, null);
  }

  /** Returns the verdict on a group or channel that an operator may admit in advance. */
  public static SenderVerdict group(String canonical) {
    return new SenderVerdict(Kind.GROUP, canonical, GROUP_REASON);
  }

  /** Returns the verdict on a group or channel that cannot be admitted. */
  public static SenderVerdict rejectedGroup() {
    return new SenderVerdict(Kind.GROUP, null, GROUP_REASON);
  }

  /** Returns the verdict on an account that speaks for many people. */
  public static SenderVerdict shared() {
    return new SenderVerdict(Kind.SHARED, null, SHARED_REASON);
  }

  /**
   * Returns the verdict on an id that no sender has.
   *
   * @param reason why, in {@code snake_case}, for example {@code not_a_number}
   */
  public static SenderVerdict impossible(String reason) {
    return new SenderVerdict(Kind.IMPOSSIBLE, null, reason);
  }

  /** Returns the canonical id; empty if the id is rejected. */
  public Optional<String> accepted() {
    return Optional.ofNullable(canonical);
  }
}
