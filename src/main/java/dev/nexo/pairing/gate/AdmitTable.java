package dev.nexo.pairing.gate;

import dev.nexo.pairing.Decision.Admit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A hash table of admissions without removal. A lookup takes no lock and creates no object;
 * Caffeine and ConcurrentHashMap need a key object for each ({@code HitBenchmark}). Thread-safe.
 */
final class AdmitTable {

  /**
   * An admission.
   *
   * @param hash of the three ids
   * @param listed whether the sender is in allow-from, rather than admitted by a policy that is off
   * @param admit the decision, which every hit returns, so that a hit creates no object
   * @param from the time from which it may be used, in milliseconds since 1970
   * @param until the time at which it expires, in milliseconds since 1970
   * @param epoch the state of {@link Epochs} before it was read
   */
  record Entry(
      int hash,
      String channel,
      String account,
      String sender,
      boolean listed,
      Admit admit,
      long from,
      long until,
      int epoch) {

    boolean is(int hash, String channel, String account, String sender) {
      return this.hash == hash
          && this.sender.equals(sender)
          && this.account.equals(account)
          && this.channel.equals(channel);
    }
  }

  /** At a load of one half, ids that collide by chance practically never need more probes. */
  private static final int MAX_PROBES = 128;

  private final AtomicReferenceArray<Entry> slots;
  private final AtomicInteger size = new AtomicInteger();
  private final int mask;

  /** Creates a table for this many entries, at a load of one half. */
  AdmitTable(int capacity) {
    int length = Integer.highestOneBit(Math.max(capacity, 8) * 2 - 1) * 2;
    slots = new AtomicReferenceArray<>(length);
    mask = length - 1;
  }

  static int hash(String channel, String account, String sender) {
    int mixed = (sender.hashCode() * 31 + account.hashCode()) * 31 + channel.hashCode();
    return mixed ^ (mixed >>> 16);
  }

  Entry find(int hash, String channel, String account, String sender) {
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      Entry entry = slots.get((hash + probe) & mask);
      if (entry == null || entry.is(hash, channel, account, sender)) {
        return entry;
      }
    }
    return null;
  }

  /**
   * Adds or replaces the entry of a sender. If no slot near the entry's own is free, the entry is
   * not cached, so ids that are constructed to collide do not slow down other lookups.
   *
   * @return false if the table is full
   */
  boolean put(Entry added) {
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      int slot = (added.hash() + probe) & mask;
      Entry there = slots.get(slot);
      if (there == null) {
        if (size.get() > mask / 2) {
          return false;
        }
        if (slots.compareAndSet(slot, null, added)) {
          size.incrementAndGet();
          return true;
        }
        there = slots.get(slot);
      }
      if (there.is(added.hash(), added.channel(), added.account(), added.sender())) {
        slots.set(slot, added);
        return true;
      }
    }
    return true;
  }

  int size() {
    return size.get();
  }

  /** Returns a table of twice the size with the entries that are not expired. */
  AdmitTable grown(long now) {
    AdmitTable larger = new AdmitTable(mask + 1);
    for (int i = 0; i <= mask; i++) {
      Entry entry = slots.get(i);
      if (entry != null && now < entry.until()) {
        larger.put(entry);
      }
    }
    return larger;
  }
}
