package dev.nexo.pairing.channel;

import dev.nexo.pairing.Backlog;
import dev.nexo.pairing.channel.broker.Broker;
import dev.nexo.pairing.channel.broker.BrokerState;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.Outbox;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;

/** What waits in the outbox for the broker. */
@Component
final class OutboxBacklog implements Backlog {

  private static final Set<BrokerState> CONNECTED =
      EnumSet.of(BrokerState.IN_PROCESS, BrokerState.CONNECTED);

  private final Broker broker;
  private final Outbox outbox;

  @Inject
  OutboxBacklog(Broker broker, Outbox outbox) {
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
