package dev.nexo.pairing.channel;

import dev.nexo.pairing.Readiness;
import dev.nexo.pairing.channel.broker.Broker;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.Outbox;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * How the broker is. Never a reason to be taken out of service: decisions go on without it, and
 * challenges wait.
 */
@Component
final class BrokerReadiness implements Readiness {

  private final Broker broker;
  private final Outbox outbox;

  @Inject
  BrokerReadiness(Broker broker, Outbox outbox) {
    this.broker = broker;
    this.outbox = outbox;
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public State check() {
    return new State(
        true, Map.of("broker", broker.state().description(), "outbox_waiting", waiting()));
  }

  private String waiting() {
    try {
      return Long.toString(outbox.waiting());
    } catch (RuntimeException e) {
      return "unknown";
    }
  }
}
