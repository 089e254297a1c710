package dev.nexo.pairing;

import java.util.List;

/**
 * What came of seeding.
 *
 * @param seeded how many senders are in allow-from for it, those that were there already included
 * @param rejected the first {@value #MAX_NAMED} that could not be taken
 * @param rejectedCount how many could not be taken
 */
public record SeedReport(long seeded, List<Rejected> rejected, long rejectedCount) {

  /** How many rejected senders are named. */
  public static final int MAX_NAMED = 100;

  /**
   * A sender that could not be taken.
   *
   * @param senderId as it was given
   * @param reason why: {@code rejected_sender}, {@code adapter_unavailable} or {@code blocked}
   */
  public record Rejected(String senderId, String reason) {}
}
