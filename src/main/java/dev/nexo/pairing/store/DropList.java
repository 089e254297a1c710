package dev.nexo.pairing.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The dropped senders of one account that are not written yet, at most {@value #CAPACITY}.
 * Thread-safe; adding takes logarithmic time.
 *
 * <p>When full, the list evicts the sender with the fewest recent messages. A message loses half of
 * its weight every hour, so 8 messages of three hours ago weigh as much as one now, and an old
 * flood does not hide a new one. The last {@value #NEWCOMERS} senders with one message are not
 * evicted: otherwise new senders would evict each other while all others write often. The rows of
 * an account in the database follow the same rule ({@link #excess}).
 */
final class DropList {

  static final int CAPACITY = 200;
  static final int NEWCOMERS = 50;

  private final Map<DropSum.Key, DropSum> sums = new HashMap<>();

  /** The senders with one message, in the order of arrival. */
  private final Map<DropSum.Key, DropSum> newcomers = new LinkedHashMap<>();

  /** The senders with several messages. */
  private final TreeSet<DropSum> known = new TreeSet<>(DropSum.LIGHTEST_FIRST);

  /** Adds messages of a sender. */
  synchronized void add(DropSum added) {
    DropSum.Key key = added.key();
    DropSum before = sums.get(key);
    if (before == null) {
      makeRoom();
    } else if (newcomers.remove(key) == null) {
      known.remove(before);
    }
    DropSum sum = before == null ? added : before.plus(added);
    sums.put(key, sum);
    if (sum.count() == 1) {
      newcomers.put(key, sum);
    } else {
      known.add(sum);
    }
  }

  private void makeRoom() {
    if (sums.size() < CAPACITY) {
      return;
    }
    DropSum gone;
    if (newcomers.size() < NEWCOMERS) {
      gone = known.first();
    } else {
      gone = newcomers.values().iterator().next();
      if (!known.isEmpty() && known.first().weight() < gone.weight()) {
        gone = known.first();
      }
    }
    known.remove(gone);
    newcomers.remove(gone.key());
    sums.remove(gone.key());
  }

  /** Removes and returns all, in no order. */
  synchronized List<DropSum> drain() {
    List<DropSum> all = List.copyOf(sums.values());
    sums.clear();
    newcomers.clear();
    known.clear();
    return all;
  }

  /** Returns which of an account's senders have to go, so that a number of them is left. */
  static List<DropSum> excess(Collection<DropSum> all, int capacity) {
    if (all.size() <= capacity) {
      return List.of();
    }
    Set<DropSum> kept =
        new HashSet<>(
            all.stream()
                .filter(sum -> sum.count() == 1)
                .sorted(Comparator.comparingLong(DropSum::lastAt).reversed())
                .limit(NEWCOMERS)
                .toList());
    List<DropSum> others = new ArrayList<>(all);
    others.removeAll(kept);
    others.sort(DropSum.LIGHTEST_FIRST);
    return List.copyOf(others.subList(0, all.size() - capacity));
  }
}
