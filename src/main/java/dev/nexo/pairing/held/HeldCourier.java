package dev.nexo.pairing.held;

import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.MessageContext.Hold.Route;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.outbox.Courier;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.store.HeldReader;
import dev.nexo.pairing.store.HeldRow;
import dev.nexo.pairing.store.HeldTable;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Delivers the held messages of an approved request, in the order in which they were received.
 *
 * <p><b>In:</b> one entry of the outbox for each request, written by the transaction that approved
 * it.
 *
 * <p><b>What happens:</b> if the sender is no longer admitted, the messages are deleted. Otherwise
 * each message from the bus is published, confirmed by the broker, and then deleted, before the
 * next one. Messages from modules of this application are fired as one {@link
 * PairingEvent.HeldReleased}, and deleted when all observers have returned.
 *
 * <p><b>What can go wrong:</b> if a message cannot be decrypted, published or observed here, it
 * stays, and the outbox tries again later or on another server. A message is published twice, with
 * the same headers and body, only if the server dies between the confirmation and the deletion, or
 * the broker receives a message but does not confirm it.
 *
 * <p>Thread-safe.
 */
@Component
class HeldCourier implements Courier {

  private final HeldTable table;
  private final HeldReader reader;
  private final HeldOrder order;
  private final HeldPublisher publisher;
  private final BeanManager beans;
  private final Event<PairingEvent> events;
  private final Clock clock;

  /** The ids of delivered messages that the database could not delete; never delivered again. */
  private final Set<String> delivered = ConcurrentHashMap.newKeySet();

  @Inject
  HeldCourier(
      HeldTable table,
      HeldReader reader,
      HeldOrder order,
      HeldPublisher publisher,
      BeanManager beans,
      Event<PairingEvent> events,
      Clock clock) {
    this.table = table;
    this.reader = reader;
    this.order = order;
    this.publisher = publisher;
    this.beans = beans;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return "held";
  }

  @Override
  public void send(OutboxEntry entry) {
    try {
      deliver(entry);
    } finally {
      order.delivered(entry.recipient());
    }
  }

  private void deliver(OutboxEntry entry) {
    Optional<Admit> admit = table.admission(entry.recipient(), clock.instant());
    if (admit.isEmpty()) {
      table.purge(entry.requestId());
      return;
    }
    List<HeldRow> rows = table.undelivered(entry.requestId());
    rows.stream().filter(row -> row.route() == Route.BUS).forEach(row -> publish(row, admit.get()));
    List<HeldRow> forModules = rows.stream().filter(row -> row.route() == Route.MODULE).toList();
    if (!forModules.isEmpty()) {
      fire(entry.recipient(), entry.requestId(), forModules);
    }
  }

  private void publish(HeldRow row, Admit admit) {
    if (!delivered.contains(row.id())) {
      publisher.publish(reader.open(row).orElseThrow(() -> unreadable(row)), admit);
    }
    delete(row);
  }

  private void fire(SenderKey sender, String requestId, List<HeldRow> rows) {
    List<HeldMessage> messages =
        rows.stream().filter(row -> !delivered.contains(row.id())).map(this::read).toList();
    if (!messages.isEmpty()) {
      PairingEvent.HeldReleased event = new PairingEvent.HeldReleased(sender, requestId, messages);
      if (!isObserved(event)) {
        throw new DeliveryException(
            "No module of this server observes PairingEvent.HeldReleased", null);
      }
      events.fire(event);
    }
    rows.forEach(this::delete);
  }

  /** Observers of all events, such as those for metrics, do not deliver messages. */
  private boolean isObserved(PairingEvent.HeldReleased event) {
    return beans.resolveObserverMethods(event).stream()
        .anyMatch(observer -> observer.getObservedType().equals(PairingEvent.HeldReleased.class));
  }

  private HeldMessage read(HeldRow row) {
    HeldMessage message = reader.message(row);
    if (!message.readable()) {
      throw unreadable(row);
    }
    return message;
  }

  private static DeliveryException unreadable(HeldRow row) {
    return new DeliveryException(
        "The held message " + row.id() + " cannot be decrypted on this server. Run doctor", null);
  }

  private void delete(HeldRow row) {
    delivered.add(row.id());
    table.delivered(row);
    delivered.remove(row.id());
  }
}
