package dev.nexo.pairing.held;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.DeliveryOrder;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.HeldTable;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the order of a sender who was approved on this server: messages that the sender writes
 * after the approval wait for the held ones, up to {@value #MAX_WAIT_MILLIS} ms. Thread-safe.
 */
@Component
class HeldOrder implements DeliveryOrder {

  private static final long MAX_WAIT_MILLIS = 2_000;

  private final HeldTable table;
  private final Set<SenderKey> delivering = ConcurrentHashMap.newKeySet();

  @Inject
  HeldOrder(HeldTable table) {
    this.table = table;
  }

  /** Before {@link HeldWake}, and before the operator gets the answer. */
  void approved(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) PairingEvent.Approved event) {
    SenderKey sender = event.sender();
    delivering.add(sender);
    try {
      // Read afterwards: the messages may be delivered already, and then nobody would end the wait.
      if (!table.waitsForBus(sender)) {
        delivered(sender);
      }
    } catch (StorageUnavailableException e) {
      delivered(sender);
    }
  }

  /** Ends the waits for a sender's held messages, whether or not they could be delivered. */
  void delivered(SenderKey sender) {
    if (delivering.remove(sender)) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  @Override
  public void await(SenderKey sender) {
    if (!delivering.isEmpty() && delivering.contains(sender)) {
      awaitDelivery(sender);
    }
  }

  private synchronized void awaitDelivery(SenderKey sender) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_WAIT_MILLIS);
    try {
      long left = MAX_WAIT_MILLIS;
      while (left > 0 && delivering.contains(sender)) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The next message does not wait again.
    delivering.remove(sender);
  }
}
