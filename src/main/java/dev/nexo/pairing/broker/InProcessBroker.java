package dev.nexo.pairing.broker;

import dev.nexo.pairing.spi.BrokerMessage;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** The broker that is used if none is configured. It publishes messages as CDI events. */
final class InProcessBroker implements Broker {

  private static final BrokerMessage ANY = new BrokerMessage("", "");

  private final Event<BrokerMessage> event;
  private final BeanManager beans;

  InProcessBroker(Event<BrokerMessage> event, BeanManager beans) {
    this.event = event;
    this.beans = beans;
  }

  @Override
  public void publish(BusMessage message) {
    if (!hasAudience()) {
      throw new DeliveryException(
          "No broker is configured and no module observes BrokerMessage. Set pairing.broker.url, or"
              + " deploy a module that observes BrokerMessage",
          null);
    }
    try {
      String body = new String(message.body(), StandardCharsets.UTF_8);
      event.fire(new BrokerMessage(message.subject(), body));
    } catch (RuntimeException e) {
      throw new DeliveryException("An observer of BrokerMessage failed on " + message.subject(), e);
    }
  }

  @Override
  public void pass(BusMessage message) {
    publish(message);
  }

  @Override
  public byte[] request(String subject, Function<String, byte[]> question, Duration timeout) {
    throw new DeliveryException(
        "No broker is configured, so no plugin can be asked. Set pairing.broker.url", null);
  }

  @Override
  public void subscribe(String subject, Consumer<BusMessage> handler, LongConsumer lost) {
    throw new IllegalStateException("No broker is configured. Set pairing.broker.url");
  }

  @Override
  public BrokerState state() {
    return BrokerState.IN_PROCESS;
  }

  @Override
  public long connections() {
    return 1;
  }

  @Override
  public boolean hasAudience() {
    return !beans.resolveObserverMethods(ANY).isEmpty();
  }

  @Override
  public void onConnected(Runnable listener) {
    // There is no connection, so it is never established again.
  }
}
