package dev.nexo.pairing.store;

import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records when senders in allow-from were last seen. Thread-safe.
 *
 * <p>The gate reports a sender when it reads the row, which is at least every 30 s while the sender
 * writes, and not when it finds the sender in its cache. So a cached admission costs nothing, and
 * the time is exact to a minute. The times are kept in memory and written every 30 s and when the
 * server stops, in batches that wait for no other change. Of several servers, the latest time wins.
 *
 * <p>If access is about to end because of the idle time, the time is written at once: otherwise the
 * next message, maybe on another server, would come too late. If the database fails, the times are
 * kept and written later.
 */
@Component
public class SeenSenders implements Sweep {

  private static final Logger LOG = System.getLogger(SeenSenders.class.getName());

  /** The maximum number of senders in memory; further ones are recorded with a later message. */
  static final int MAX_KEPT = 200_000;

  private static final int BATCH = 500;

  /** A row that is as recent as this is not written again. */
  private static final Duration RECENT = Duration.ofSeconds(30);

  /** Longer than a time stays in memory. */
  private static final Duration NEAR_END = Duration.ofMinutes(2);

  /** How far the clocks of servers may differ. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private static final Comparator<SenderKey> ORDER =
      Comparator.comparing(SenderKey::channel)
          .thenComparing(SenderKey::accountId)
          .thenComparing(SenderKey::senderId);

  private static final String UPDATE =
      "UPDATE pairing_allow_from SET last_seen_at = ? WHERE channel = ? AND account_id = ?"
          + " AND sender_id = ? AND revoked_at IS NULL"
          + " AND (last_seen_at IS NULL OR last_seen_at < ? OR last_seen_at > ?)";

  private final Database database;

  /** In seconds since 1970. */
  private final Map<SenderKey, Long> times = new ConcurrentHashMap<>();

  @Inject
  SeenSenders(Database database) {
    this.database = database;
  }

  /** Records that a sender, who has this active row, is seen now. Throws nothing. */
  public void seen(AllowedSender row, Instant now) {
    // A time that the clock has not reached was written while it was ahead, and is replaced.
    if (row.lastSeenAt() != null
        && now.isBefore(row.lastSeenAt().plus(RECENT))
        && !row.lastSeenAt().isAfter(now.plus(AHEAD))) {
      return;
    }
    boolean nearEnd = row.idle() != null && !now.isBefore(row.idleEndsAt().minus(NEAR_END));
    if (nearEnd || times.size() < MAX_KEPT) {
      times.merge(row.sender(), now.getEpochSecond(), Math::max);
    }
    if (nearEnd) {
      writeQuietly(List.of(row.sender()));
    }
  }

  @Override
  public void sweep(Instant now) {
    writeAll();
  }

  private void writeAll() {
    // In the order of the key, so that two servers cannot block each other on PostgreSQL.
    List<SenderKey> senders = new ArrayList<>(times.keySet());
    senders.sort(ORDER);
    for (int start = 0; start < senders.size(); start += BATCH) {
      write(senders.subList(start, Math.min(start + BATCH, senders.size())));
    }
  }

  /** Writes what is left, while the database is still open. */
  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stopping) {
    try {
      writeAll();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "When senders were last seen is not noted", e);
    }
  }

  private void writeQuietly(List<SenderKey> senders) {
    try {
      write(senders);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "When a sender was last seen is noted later", e);
    }
  }

  private void write(List<SenderKey> senders) {
    Map<SenderKey, Long> written =
        database.mark(
            tx -> {
              Map<SenderKey, Long> batch = new HashMap<>();
              for (SenderKey sender : senders) {
                Long seconds = times.get(sender);
                if (seconds != null) {
                  batch.put(sender, seconds);
                  tx.statements()
                      .bind(UPDATE, seconds, sender, seconds, seconds + AHEAD.toSeconds())
                      .addBatch();
                }
              }
              tx.statements().of(UPDATE).executeBatch();
              return batch;
            });
    written.forEach(times::remove);
  }
}
