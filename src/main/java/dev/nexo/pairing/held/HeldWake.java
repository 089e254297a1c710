package dev.nexo.pairing.held;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/**
 * Starts the delivery of held messages as soon as a sender is approved, so that they arrive before
 * the sender's next message.
 */
@Component
class HeldWake {

  private final OutboxDelivery delivery;

  @Inject
  HeldWake(OutboxDelivery delivery) {
    this.delivery = delivery;
  }

  void approved(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) PairingEvent.Approved event) {
    delivery.wake();
  }
}
