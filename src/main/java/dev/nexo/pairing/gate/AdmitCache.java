package dev.nexo.pairing.gate;

import dev.nexo.pairing.gate.AdmitTable.Entry;

/**
 * Remembers admissions, and nothing else, for at most 30 s. Bounded by generations: two tables, of
 * which the older one is dropped whole when the younger is full or 30 s old, so that an entry costs
 * nothing to keep and nothing to forget. Thread-safe.
 */
final class AdmitCache {

  /** How long an admission may be believed, milliseconds. */
  static final long TTL_MILLIS = 30_000;

  /** How many senders a generation holds; two generations make the bound. */
  static final int GENERATION = 1 << 20;

  private final Epochs epochs;
  private volatile AdmitTable young = new AdmitTable(1);
  private volatile AdmitTable old = new AdmitTable(1);
  private volatile long youngSince;

  AdmitCache(Epochs epochs) {
    this.epochs = epochs;
  }

  /**
   * Whether a sender is known to be admitted.
   *
   * @param strict true: only by a row of allow-from; false: also by a policy that is off
   * @param now milliseconds since 1970
   */
  boolean admits(
      int hash, String channel, String account, String sender, boolean strict, long now) {
    Entry entry = young.find(hash, channel, account, sender);
    if (entry == null) {
      entry = old.find(hash, channel, account, sender);
    }
    return entry != null
        && (entry.listed() || !strict)
        // A clock that was set back makes an entry one from the future: not to be believed either.
        && now >= entry.from()
        && now < entry.until()
        && entry.epoch() == epochs.of(hash);
  }

  /** Remembers an admission; where the table is full it starts the next generation. */
  void put(Entry entry) {
    AdmitTable table = young;
    boolean due = entry.from() - youngSince >= TTL_MILLIS || entry.from() < youngSince;
    if (due || !table.put(entry)) {
      makeRoom(table, entry);
    }
  }

  /** How many entries are held, those that have run out included. */
  int size() {
    return young.size() + old.size();
  }

  private synchronized void makeRoom(AdmitTable full, Entry entry) {
    long now = entry.from();
    if (young == full) {
      boolean due = now - youngSince >= TTL_MILLIS || now < youngSince;
      if (due || full.size() >= GENERATION) {
        old = full;
        young = new AdmitTable(due ? Math.min(full.size(), GENERATION) : GENERATION);
        youngSince = now;
      } else {
        young = full.grown(now);
      }
    }
    young.put(entry);
  }
}
