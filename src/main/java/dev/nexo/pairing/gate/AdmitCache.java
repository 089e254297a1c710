package dev.nexo.pairing.gate;

import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.gate.AdmitTable.Entry;

/**
 * Caches admissions, and nothing else, for at most 30 s. There are two generations, each a table
 * for about a million senders. When the newer one is full or 30 s old, the older one is discarded
 * as a whole, so no single entry has to be evicted. Thread-safe.
 */
final class AdmitCache {

  /** How long an admission may be used, in milliseconds. */
  static final long TTL_MILLIS = 30_000;

  /** The maximum number of senders in one generation. */
  static final int GENERATION = 1 << 20;

  private final Epochs epochs;
  private volatile AdmitTable young = new AdmitTable(1);
  private volatile AdmitTable old = new AdmitTable(1);
  private volatile long youngSince;

  AdmitCache(Epochs epochs) {
    this.epochs = epochs;
  }

  /**
   * Returns the cached admission of a sender, or null if there is none.
   *
   * @param strict true: only admissions by allow-from are used; false: also those by a policy that
   *     was off
   * @param now milliseconds since 1970
   */
  Admit find(int hash, String channel, String account, String sender, boolean strict, long now) {
    Entry entry = young.find(hash, channel, account, sender);
    if (entry == null) {
      entry = old.find(hash, channel, account, sender);
    }
    boolean valid =
        entry != null
            && (entry.listed() || !strict)
            // An entry from the future, after the clock was set back, is not used either.
            && now >= entry.from()
            && now < entry.until()
            && entry.epoch() == epochs.of(hash);
    return valid ? entry.admit() : null;
  }

  /**
   * Caches an admission that was read at {@code now}, in milliseconds since 1970. It ends no later
   * than the row. A message extends the idle time, so that time does not shorten it.
   *
   * @param row the row of allow-from; null if the policy is off and the sender is not in it
   * @param epoch the state of {@link Epochs} before the read
   * @return the admission
   */
  Admit put(SenderKey sender, int hash, AllowedSender row, long now, int epoch) {
    long until = now + TTL_MILLIS;
    if (row != null && row.expiresAt() != null) {
      until = Math.min(until, row.expiresAt().toEpochMilli());
    }
    Admit admit = row == null ? Admit.GUEST : Admit.of(row);
    put(
        new Entry(
            hash,
            sender.channel(),
            sender.accountId(),
            sender.senderId(),
            row != null,
            admit,
            now,
            until,
            epoch));
    return admit;
  }

  /** Caches an admission. Begins the next generation if the table is full. */
  void put(Entry entry) {
    AdmitTable table = young;
    boolean due = entry.from() - youngSince >= TTL_MILLIS || entry.from() < youngSince;
    if (due || !table.put(entry)) {
      renew(table, entry);
    }
  }

  /** Returns how many entries there are, expired ones included. */
  int size() {
    return young.size() + old.size();
  }

  private synchronized void renew(AdmitTable full, Entry entry) {
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
