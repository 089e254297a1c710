package dev.nexo.pairing.intake;

import dev.nexo.pairing.broker.AdmissionHeaders;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.config.BusSettings;
import dev.nexo.pairing.intake.GatedIntake.Admission;
import dev.nexo.pairing.internal.BusLossListener;
import dev.nexo.pairing.internal.BusLossListener.Receiver;
import dev.nexo.pairing.internal.DeliveryOrder;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.KeyedExecutor;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Filters the messages that plugins publish for agents ({@code protocol.md#bus}): a message on
 * {@code plugin.inbound.>} is republished under {@code pairing.bus.forward_prefix} if its sender is
 * admitted, or if the plugin reports its own state. The body is unchanged, and {@link
 * AdmissionHeaders} say who the sender is. The messages of a channel keep their order. Does nothing
 * if the prefix is not configured.
 */
@Component
final class BusFilter {

  private static final Logger LOG = System.getLogger(BusFilter.class.getName());
  private static final int PER_MESSAGE = 512;

  /** How many messages of one channel may wait, so that a burst on it is not lost. */
  private static final int WAITING = 50_000;

  private static final long WAITING_BYTES = 64L << 20;

  private final BusSettings settings;
  private final Broker broker;
  private final OwnerIntake intake;
  private final DeliveryOrder order;
  private final KeyedExecutor channels;
  private final RateLimitedLog malformed;
  private final RateLimitedLog flooded;
  private final RateLimitedLog failed;
  private final RateLimitedLog notPassed;
  private final List<BusLossListener> losses;

  @Inject
  BusFilter(
      BusSettings settings,
      Broker broker,
      OwnerIntake intake,
      DeliveryOrder order,
      @Any Instance<BusLossListener> losses,
      ScheduledExecutorService executor) {
    this.settings = settings;
    this.broker = broker;
    this.intake = intake;
    this.order = order;
    this.channels = new KeyedExecutor(executor, 1, WAITING, WAITING_BYTES);
    this.malformed = new RateLimitedLog(LOG, executor, LogMessage.FILTER_MALFORMED);
    this.flooded = new RateLimitedLog(LOG, executor, LogMessage.FILTER_OVERLOADED);
    this.failed = new RateLimitedLog(LOG, executor, LogMessage.FILTER_FAILED);
    this.notPassed = new RateLimitedLog(LOG, executor, LogMessage.FILTER_NOT_PASSED);
    this.losses = losses.stream().toList();
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
    settings
        .forwardPrefix()
        .ifPresent(
            prefix ->
                broker.subscribe(
                    FilteredMessage.PREFIX + ">",
                    message -> accept(message, prefix),
                    count -> lost(flooded, count)));
  }

  @PreDestroy
  void stop() {
    channels.close(1);
  }

  private void accept(BusMessage message, String prefix) {
    int start = FilteredMessage.PREFIX.length();
    int dot = message.subject().indexOf('.', start);
    String channel = message.subject().substring(start, dot < 0 ? message.subject().length() : dot);
    if (!channels.submit(channel, PER_MESSAGE + message.size(), () -> filter(message, prefix))) {
      lost(flooded, 1);
    }
  }

  private void lost(RateLimitedLog reason, long count) {
    losses.forEach(listener -> listener.lost(Receiver.FILTER, count));
    reason.happened(count);
  }

  private void filter(BusMessage raw, String prefix) {
    try {
      FilteredMessage message = FilteredMessage.read(raw);
      BusMessage forwarded = raw.to(message.forwardedTo(prefix));
      if (message.kind() == MessageKind.LIFECYCLE) {
        broker.pass(AdmissionHeaders.without(forwarded));
        return;
      }
      Optional<Admission> admission = intake.admission(message, raw);
      if (admission.isPresent()) {
        if (admission.get().sender() != null) {
          order.await(admission.get().sender());
        }
        broker.pass(AdmissionHeaders.with(forwarded, admission.get().admit()));
      }
    } catch (FilteredMessage.MalformedException e) {
      malformed.happened();
    } catch (DeliveryException e) {
      lost(notPassed, 1);
    } catch (RuntimeException e) {
      failed.happened();
    }
  }
}
