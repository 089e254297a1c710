package dev.nexo.pairing.broker;

import dev.nexo.pairing.config.BrokerSettings;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.BrokerMessage;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledExecutorService;

/** Chooses the broker by {@code pairing.broker.url}. */
@Component
final class BrokerProducer {

  private static final Logger LOG = System.getLogger(BrokerProducer.class.getName());

  @Produces
  @Singleton
  Broker broker(
      BrokerSettings settings,
      ScheduledExecutorService executor,
      Event<BrokerMessage> event,
      BeanManager beans) {
    if (settings.url().isEmpty()) {
      Broker broker = new InProcessBroker(event, beans);
      if (!broker.hasAudience()) {
        LOG.log(
            Level.WARNING,
            "pairing.broker.url is not set and no other module observes BrokerMessage:"
                + " challenges are published to nobody");
      }
      return broker;
    }
    try {
      NatsBroker nats = new NatsBroker(new NatsOptions(settings), executor);
      nats.start();
      return nats;
    } catch (IllegalStateException e) {
      // One line for the operator; the container hides its own below a stack trace.
      LOG.log(Level.ERROR, e.getMessage());
      throw e;
    }
  }

  void close(@Disposes Broker broker) {
    if (broker instanceof NatsBroker nats) {
      nats.close();
    }
  }
}
