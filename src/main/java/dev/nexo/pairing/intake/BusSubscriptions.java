package dev.nexo.pairing.intake;

import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.config.BusSettings;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** Switches on the two ways of asking the gate over the bus, where they are configured. */
@Component
final class BusSubscriptions {

  private final Optional<BusService> service;
  private final Optional<BusFilter> filter;

  @Inject
  BusSubscriptions(
      BusSettings settings,
      Broker broker,
      GatedIntake intake,
      PairingGate gate,
      OutboxDelivery delivery,
      ScheduledExecutorService executor,
      Clock clock) {
    this.service =
        settings.service()
            ? Optional.of(new BusService(broker, intake, executor))
            : Optional.empty();
    this.filter =
        settings
            .forwardPrefix()
            .map(p -> new BusFilter(broker, intake, gate, delivery, p, executor, clock));
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
    service.ifPresent(BusService::start);
    filter.ifPresent(BusFilter::start);
  }

  @PreDestroy
  void stop() {
    service.ifPresent(BusService::stop);
    filter.ifPresent(BusFilter::stop);
  }
}
