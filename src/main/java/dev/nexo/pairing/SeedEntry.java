package dev.nexo.pairing;

import java.time.Duration;
import java.util.List;

/**
 * A sender to admit, with the terms. The components other than the id are as in {@link AllowTerms}.
 *
 * @param senderId the sender in any form that the channel uses
 * @param note the operator's note, or null
 * @param role what the sender is to the operator
 * @param labels the labels; duplicates are removed
 * @param idle the time without a message after which the admission ends, or null
 * @param membersOnly for a group: whether only approved members are admitted in it. False keeps
 *     what the row says, so that a seed admits no more people in a group than before
 */
public record SeedEntry(
    String senderId,
    String note,
    Role role,
    List<String> labels,
    Duration idle,
    boolean membersOnly) {

  /**
   * Creates an entry.
   *
   * @throws InvalidValueException if one of the terms is invalid
   */
  public SeedEntry {
    labels = new AllowTerms(null, note, role, labels, idle).labels();
  }

  /**
   * Creates an entry for a person, or for a group without a limit to its approved members.
   *
   * @throws InvalidValueException if one of the terms is invalid
   */
  public SeedEntry(String senderId, String note, Role role, List<String> labels, Duration idle) {
    this(senderId, note, role, labels, idle, false);
  }

  /**
   * Creates an entry for a member without labels and idle time.
   *
   * @throws InvalidValueException if the note is invalid
   */
  public SeedEntry(String senderId, String note) {
    this(senderId, note, Role.MEMBER, List.of(), null);
  }

  /** Returns the terms of the admission. */
  public AllowTerms terms() {
    return new AllowTerms(null, note, role, labels, idle, membersOnly);
  }
}
