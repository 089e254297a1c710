package dev.nexo.pairing.broker;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.config.BrokerSettings;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.BrokerMessage;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.util.concurrent.ScheduledExecutorService;

/** Creates the broker: NATS if {@code pairing.broker.url} is set, otherwise CDI events. */
@Component
final class BrokerProducer {

  private static final Logger LOG = System.getLogger(BrokerProducer.class.getName());

  @Produces
  @Singleton
  Broker broker(
      BrokerSettings settings,
      ScheduledExecutorService executor,
      Ticker ticker,
      Event<BrokerMessage> event,
      BeanManager beans) {
    if (settings.url().isEmpty()) {
      Broker broker = new InProcessBroker(event, beans);
      if (!broker.hasAudience()) {
        LogMessage.BROKER_WITHOUT_AUDIENCE.log(LOG);
      }
      return broker;
    }
    try {
      NatsBroker nats = new NatsBroker(new NatsOptions(settings), executor, ticker);
      nats.start();
      return nats;
    } catch (IllegalStateException e) {
      // One line for the operator; the container hides its own below a stack trace.
      LogMessage.BROKER_INVALID.log(LOG, e.getMessage());
      throw e;
    }
  }

  void close(@Disposes Broker broker) {
    if (broker instanceof NatsBroker nats) {
      nats.close();
    }
  }
}
