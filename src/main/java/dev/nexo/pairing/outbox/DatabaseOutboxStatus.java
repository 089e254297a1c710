package dev.nexo.pairing.outbox;

import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BrokerState;
import dev.nexo.pairing.internal.OutboxStatus;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;

/** What waits in the outbox for the broker. */
@Component
final class DatabaseOutboxStatus implements OutboxStatus {

  private static final Set<BrokerState> CONNECTED =
      EnumSet.of(BrokerState.IN_PROCESS, BrokerState.CONNECTED);

  private final Broker broker;
  private final Outbox outbox;

  @Inject
  DatabaseOutboxStatus(Broker broker, Outbox outbox) {
    this.broker = broker;
    this.outbox = outbox;
  }

  @Override
  public Waiting waiting() {
    return new Waiting(outbox.waiting(), outbox.waitingSince());
  }

  @Override
  public boolean brokerConnected() {
    return CONNECTED.contains(broker.state());
  }
}
