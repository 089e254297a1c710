package dev.nexo.pairing.outbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.StorageUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Tells the outbox what became of its entries, many in one transaction where many end at once, and
 * remembers what was handed over, so that nothing is handed over twice while the database lags
 * behind. Thread-safe.
 */
final class DeliveryAcks {

  private final Outbox outbox;
  private final Queue<OutboxEntry> sent = new ConcurrentLinkedQueue<>();
  private final Queue<OutboxEntry> failed = new ConcurrentLinkedQueue<>();
  private final Set<String> sentUnmarked = ConcurrentHashMap.newKeySet();
  private final Set<String> failedUnmarked = ConcurrentHashMap.newKeySet();

  /** A claim that was under way while the mark was made may still bring the entry once more. */
  private final Cache<String, Boolean> sentLately =
      Caffeine.newBuilder()
          .maximumSize(100_000)
          .expireAfterWrite(Duration.ofMinutes(10))
          .executor(Runnable::run)
          .build();

  DeliveryAcks(Outbox outbox) {
    this.outbox = outbox;
  }

  /** An entry has been handed over. */
  void sent(OutboxEntry entry) {
    sentLately.put(entry.id(), true);
    sentUnmarked.add(entry.id());
    sent.add(entry);
  }

  /** An entry has not been handed over. */
  void failed(OutboxEntry entry) {
    failedUnmarked.add(entry.id());
    failed.add(entry);
  }

  /** Whether this process has handed the entry over, as far as it remembers. */
  boolean wasSent(OutboxEntry entry) {
    return sentUnmarked.contains(entry.id()) || sentLately.getIfPresent(entry.id()) != null;
  }

  /** Whether the outbox has yet to be told of the entry. */
  boolean isUnmarked(OutboxEntry entry) {
    return sentUnmarked.contains(entry.id()) || failedUnmarked.contains(entry.id());
  }

  /**
   * Tells the outbox of everything it does not know yet.
   *
   * @throws StorageUnavailableException where it cannot be told; it will be at the next call
   */
  synchronized void flush() {
    tell(sent, sentUnmarked, outbox::sent);
    tell(failed, failedUnmarked, outbox::failed);
  }

  private static void tell(
      Queue<OutboxEntry> queue, Set<String> unmarked, Consumer<Collection<OutboxEntry>> told) {
    List<OutboxEntry> batch = new ArrayList<>();
    OutboxEntry entry;
    while ((entry = queue.poll()) != null) {
      batch.add(entry);
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      told.accept(batch);
    } catch (RuntimeException e) {
      queue.addAll(batch);
      throw e;
    }
    batch.forEach(done -> unmarked.remove(done.id()));
  }
}
