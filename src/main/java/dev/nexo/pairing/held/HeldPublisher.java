package dev.nexo.pairing.held;

import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.broker.AdmissionHeaders;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.config.BusSettings;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.store.HeldContent;
import jakarta.inject.Inject;

/** Publishes held messages on the bus, under the forward prefix. Thread-safe. */
@Component
class HeldPublisher {

  private final Broker broker;
  private final BusSettings bus;

  @Inject
  HeldPublisher(Broker broker, BusSettings bus) {
    this.broker = broker;
    this.bus = bus;
  }

  /**
   * Publishes a message with the headers of its sender's admission.
   *
   * @throws DeliveryException if there is no prefix, or the broker does not confirm the message
   */
  void publish(HeldContent content, Admit admit) {
    String prefix =
        bus.forwardPrefix()
            .orElseThrow(
                () ->
                    new DeliveryException(
                        "A held message cannot be forwarded. Set pairing.bus.forward_prefix",
                        null));
    BusMessage message = HeldBusMessage.decode(content.payload(), prefix);
    broker.publish(AdmissionHeaders.with(message, admit));
  }
}
