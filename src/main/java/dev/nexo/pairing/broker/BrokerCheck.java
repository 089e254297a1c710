package dev.nexo.pairing.broker;

import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.List;

/** Checks the broker, which carries challenges to senders. Thread-safe. */
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
          ? Finding.ok(BROKER, "The broker is in this process, and another module listens.")
          : Finding.warning(
              BROKER,
              "The broker is in this process and nobody listens: no stranger gets their code.",
              "Set pairing.broker.url, deploy a module that observes BrokerMessage, or have the"
                  + " callers of /inbound send the text themselves (\"deliver\": false).");
    }
    String ever = state == BrokerState.NEVER_CONNECTED ? "has not been reached yet" : "is lost";
    return Finding.fault(
        BROKER,
        "NATS " + ever + " (" + broker.fault().orElse("no reason is known") + ").",
        "See whether it runs and pairing.broker names it rightly; challenges wait meanwhile.");
  }
}
