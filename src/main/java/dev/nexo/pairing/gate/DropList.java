package dev.nexo.pairing.gate;

import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.SenderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The dropped senders of one account, at most {@value #CAPACITY}. Thread-safe; adding takes
 * logarithmic time.
 *
 * <p>When full, the list evicts the sender with the fewest recent messages. A message loses half of
 * its weight every hour, so 8 messages of three hours ago weigh as much as one now, and an old
 * flood does not hide a new one. The last {@value #NEWCOMERS} senders with one message are not
 * evicted: otherwise new senders would evict each other while all others write often.
 */
final class DropList {

  static final int CAPACITY = 200;
  static final int NEWCOMERS = 50;

  private static final double HALF_LIFE_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final double LN_2 = Math.log(2);

  private record Key(String sender, DropReason reason) {}

  private static final class Entry {
    private final SenderKey sender;
    private final DropReason reason;
    private final long firstAt;
    private long lastAt;
    private long count;
    private String text;

    /**
     * The binary logarithm of the weight: a message weighs twice as much as one an hour earlier.
     */
    private double weight;

    Entry(SenderKey sender, DropReason reason, long now) {
      this.sender = sender;
      this.reason = reason;
      this.firstAt = now;
    }

    void heard(String latest, long now) {
      double fresh = now / HALF_LIFE_MILLIS;
      weight = count == 0 ? fresh : sum(weight, fresh);
      count++;
      lastAt = now;
      text = latest == null ? text : latest;
    }

    /** Returns the logarithm of a sum of two numbers, given as logarithms. */
    private static double sum(double one, double other) {
      double smaller = Math.min(one, other) - Math.max(one, other);
      return Math.max(one, other) + Math.log1p(Math.pow(2, smaller)) / LN_2;
    }

    DroppedSender toDropped() {
      return new DroppedSender(
          sender, reason, count, Instant.ofEpochMilli(firstAt), Instant.ofEpochMilli(lastAt), text);
    }
  }

  private static final Comparator<Entry> LIGHTEST_FIRST =
      Comparator.<Entry>comparingDouble(entry -> entry.weight)
          .thenComparing(entry -> entry.sender.senderId())
          .thenComparing(entry -> entry.reason);

  private final Map<Key, Entry> entries = new HashMap<>();

  /** The senders with one message, in the order of arrival. */
  private final LinkedHashSet<Entry> newcomers = new LinkedHashSet<>();

  /** The senders with several messages. */
  private final TreeSet<Entry> known = new TreeSet<>(LIGHTEST_FIRST);

  /**
   * Adds a message of a sender.
   *
   * @param now the time in milliseconds since 1970
   */
  synchronized void add(SenderKey sender, DropReason reason, String text, long now) {
    Key key = new Key(sender.senderId(), reason);
    Entry entry = entries.get(key);
    String kept = MessageContext.kept(text);
    if (entry == null) {
      makeRoom();
      entry = new Entry(sender, reason, now);
      entry.heard(kept, now);
      entries.put(key, entry);
      newcomers.add(entry);
      return;
    }
    // Removed first, because the key of an element in a tree must not change.
    if (!newcomers.remove(entry)) {
      known.remove(entry);
    }
    entry.heard(kept, now);
    known.add(entry);
  }

  private void makeRoom() {
    if (entries.size() < CAPACITY) {
      return;
    }
    Entry gone;
    if (newcomers.size() < NEWCOMERS) {
      gone = known.pollFirst();
    } else {
      gone = newcomers.iterator().next();
      if (!known.isEmpty() && known.first().weight < gone.weight) {
        gone = known.pollFirst();
      } else {
        newcomers.remove(gone);
      }
    }
    entries.remove(new Key(gone.sender.senderId(), gone.reason));
  }

  /** Returns all entries, in no order. */
  synchronized List<DroppedSender> all() {
    List<DroppedSender> all = new ArrayList<>(entries.size());
    entries.values().forEach(entry -> all.add(entry.toDropped()));
    return all;
  }
}
