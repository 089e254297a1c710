package dev.nexo.pairing;

import java.util.List;

/**
 * The result of admitting many senders.
 *
 * @param seeded the number of accepted senders that are now in allow-from, those that were there
 *     before included
 * @param rejected the first {@value #MAX_NAMED} senders that could not be added
 * @param rejectedCount the number of senders that could not be added
 */
public record SeedReport(long seeded, List<Rejected> rejected, long rejectedCount) {

  /** The maximum number of rejected senders in a report. */
  public static final int MAX_NAMED = 100;

  /**
   * A sender that could not be added.
   *
   * @param senderId the id as given
   * @param reason the reason: the adapter's, for example {@code trunk_zero} or {@code
   *     shared_sender}; or {@code rejected_sender}, {@code adapter_unavailable} or {@code blocked}
   */
  public record Rejected(String senderId, String reason) {}
}
