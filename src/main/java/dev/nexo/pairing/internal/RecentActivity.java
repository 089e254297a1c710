package dev.nexo.pairing.internal;

import dev.nexo.pairing.StorageUnavailableException;
import java.time.Instant;
import java.util.List;

/** What strangers and operators did within the last 24 hours, on all servers. Thread-safe. */
public interface RecentActivity {

  /** The number of hours in a report. */
  int HOURS = 24;

  /**
   * An hour.
   *
   * @param at when it began
   * @param strangers how many strangers got a code
   * @param approved how many senders were approved
   * @param denied how many were denied
   * @param blocked how many were blocked
   * @param dropped how many entries of the dropped senders have their last message in this hour
   */
  record Hour(Instant at, long strangers, long approved, long denied, long blocked, long dropped) {}

  /**
   * A report.
   *
   * @param pending the number of pending requests now
   * @param denied the number of active denials now
   * @param blocked the number of blocked senders now
   * @param dropped the number of entries of the dropped senders now
   * @param complete false if the audit trail has so many entries that the oldest hours are too low
   * @param hours the last {@value #HOURS} hours of UTC, oldest first; the last one is not over
   */
  record Report(
      long pending, long denied, long blocked, long dropped, boolean complete, List<Hour> hours) {}

  /**
   * Returns the report for now.
   *
   * @throws StorageUnavailableException if the database fails
   */
  Report report();
}
