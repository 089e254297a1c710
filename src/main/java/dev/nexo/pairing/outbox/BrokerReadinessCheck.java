package dev.nexo.pairing.outbox;

import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BrokerState;
import dev.nexo.pairing.internal.OutboxStatus;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Reports the state of the broker and how many messages wait in the outbox. The server is ready
 * without a broker: the gate still decides, and challenges wait in the outbox.
 */
@Component
final class BrokerReadinessCheck implements ReadinessCheck, OutboxStatus {

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
    String waiting;
    try {
      waiting = Long.toString(outbox.waiting());
    } catch (RuntimeException e) {
      waiting = "unknown";
    }
    return new State(
        true, Map.of("broker", broker.state().description(), "outbox_waiting", waiting));
  }

  @Override
  public Waiting waiting() {
    return new Waiting(outbox.waiting(), outbox.waitingSince());
  }

  @Override
  public Set<String> undelivered(Collection<String> requestIds) {
    return outbox.undelivered(requestIds);
  }

  @Override
  public boolean brokerConnected() {
    BrokerState state = broker.state();
    return state == BrokerState.IN_PROCESS || state == BrokerState.CONNECTED;
  }
}
