package dev.nexo.pairing.outbox;

import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * How the broker is. Never a reason to be taken out of service: decisions go on without it, and
 * challenges wait.
 */
@Component
final class BrokerReadinessCheck implements ReadinessCheck {

  private final Broker broker;
  private final Outbox outbox;

  @Inject
  BrokerReadinessCheck(Broker broker, Outbox outbox) {
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
