package dev.nexo.pairing.intake;

import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BrokerState;
import dev.nexo.pairing.broker.NatsSubject;
import dev.nexo.pairing.config.BusSettings;
import dev.nexo.pairing.outbox.ChallengeDelivery;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** Switches on the two ways of asking the gate over the bus, where they are configured. */
@Component
final class BusSubscriptions {

  private static final Logger LOG = System.getLogger(BusSubscriptions.class.getName());

  private final BusSettings settings;
  private final Broker broker;
  private final Optional<BusService> service;
  private final Optional<BusFilter> filter;

  @Inject
  BusSubscriptions(
      BusSettings settings,
      Broker broker,
      GatedIntake intake,
      PairingGate gate,
      ChallengeDelivery delivery,
      ScheduledExecutorService executor,
      Clock clock) {
    this.settings = settings;
    this.broker = broker;
    this.service =
        settings.service()
            ? Optional.of(new BusService(broker, intake, executor))
            : Optional.empty();
    this.filter =
        settings
            .forwardPrefix()
            .map(p -> new BusFilter(broker, intake, gate, delivery, p, executor, clock));
  }

  /**
   * Subscribes.
   *
   * @throws IllegalStateException naming the keys that do not fit together
   */
  void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
    check();
    service.ifPresent(BusService::start);
    filter.ifPresent(BusFilter::start);
  }

  private void check() {
    if (broker.state() == BrokerState.IN_PROCESS && (service.isPresent() || filter.isPresent())) {
      String key = service.isPresent() ? "pairing.bus.service" : "pairing.bus.forward_prefix";
      throw refused(key + ": expected pairing.broker.url to be set too, this goes over NATS");
    }
    settings
        .forwardPrefix()
        .filter(prefix -> !isFit(prefix))
        .ifPresent(
            prefix -> {
              throw refused(
                  "pairing.bus.forward_prefix: expected a NATS subject without wildcards that is"
                      + " neither plugin nor pairing nor under plugin.inbound or plugin.outbound,"
                      + " like agents.inbound");
            });
  }

  /** What is forwarded must not come in again, nor be taken for something else. */
  private static boolean isFit(String prefix) {
    return NatsSubject.isPrefix(prefix)
        && !prefix.equals("plugin")
        && !prefix.equals("pairing")
        && !(prefix + '.').startsWith("plugin.inbound.")
        && !(prefix + '.').startsWith("plugin.outbound.");
  }

  private static IllegalStateException refused(String message) {
    LOG.log(Level.ERROR, message);
    return new IllegalStateException(message);
  }

  @PreDestroy
  void stop() {
    service.ifPresent(BusService::stop);
    filter.ifPresent(BusFilter::stop);
  }
}
