package dev.nexo.pairing.broker;

import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.List;

/** Doctor check of the broker, which carries challenges to senders. Thread-safe. */
@Component
final class BrokerCheck implements DoctorCheck {

  private static final String BROKER = "broker";

  private final Broker broker;

  @Inject
  BrokerCheck(Broker broker) {
    this.broker = broker;
  }

  @Override
  public String name() {
    return BROKER;
  }

  @Override
  public List<Finding> examine() {
    return List.of(finding());
  }

  private Finding finding() {
    BrokerState state = broker.state();
    if (state == BrokerState.CONNECTED) {
      return Finding.ok(BROKER, "NATS is connected.");
    }
    if (state == BrokerState.IN_PROCESS) {
      return broker.hasAudience()
          ? Finding.ok(BROKER, "The broker is in-process, and a module observes its messages.")
          : DoctorMessage.BROKER_WITHOUT_OBSERVER.finding(BROKER);
    }
    DoctorMessage message =
        state == BrokerState.NEVER_CONNECTED
            ? DoctorMessage.BROKER_NOT_CONNECTED
            : DoctorMessage.BROKER_CONNECTION_LOST;
    return message.finding(BROKER, broker.fault().orElse("unknown reason"));
  }
}
