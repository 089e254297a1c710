package dev.nexo.pairing.intake;

import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.platform.KeyedExecutor;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * Stands between the channels' plugins and the agents: what comes in on {@code plugin.inbound.>}
 * goes out again, unchanged, under another prefix where its sender is admitted (contract, section
 * 5). Each channel has a lane of its own and keeps its order in it.
 */
final class BusFilter {

  private static final Logger LOG = System.getLogger(BusFilter.class.getName());
  private static final int PER_MESSAGE = 512;
  private static final int WAITING = 10_000;
  private static final long WAITING_BYTES = 64L << 20;

  private final Broker broker;
  private final GatedIntake intake;
  private final PairingGate gate;
  private final OutboxDelivery delivery;
  private final String prefix;
  private final KeyedExecutor lanes;
  private final RateLimitedLog malformed;
  private final RateLimitedLog flooded;
  private final RateLimitedLog failed;

  BusFilter(
      Broker broker,
      GatedIntake intake,
      PairingGate gate,
      OutboxDelivery delivery,
      String prefix,
      Executor executor,
      Clock clock) {
    this.broker = broker;
    this.intake = intake;
    this.gate = gate;
    this.delivery = delivery;
    this.prefix = prefix;
    this.lanes = new KeyedExecutor(executor, 1, WAITING, WAITING_BYTES);
    this.malformed =
        new RateLimitedLog(LOG, clock, "Dropped {0} messages on plugin.inbound that are malformed");
    this.flooded =
        new RateLimitedLog(LOG, clock, "Dropped {0} messages on plugin.inbound: too many at once");
    this.failed = new RateLimitedLog(LOG, clock, "Dropped {0} messages on plugin.inbound: a fault");
  }

  void start() {
    broker.subscribe(FilteredMessage.PREFIX + ">", this::accept);
  }

  void stop() {
    lanes.close(1);
  }

  private void accept(BusMessage message) {
    int start = FilteredMessage.PREFIX.length();
    int dot = message.subject().indexOf('.', start);
    String channel = message.subject().substring(start, dot < 0 ? message.subject().length() : dot);
    if (!lanes.submit(channel, PER_MESSAGE + message.body().length, () -> filter(message))) {
      flooded.happened();
    }
  }

  private void filter(BusMessage raw) {
    try {
      FilteredMessage message = FilteredMessage.read(raw);
      if (message.human() ? mayPass(message) : isAdmitted(message)) {
        broker.pass(raw.to(message.forwardedTo(prefix)));
      }
    } catch (MalformedMessageException | InvalidValueException e) {
      malformed.happened();
    } catch (RuntimeException e) {
      failed.happened();
    }
  }

  private boolean mayPass(FilteredMessage message) {
    GateResult verdict =
        intake.decide(
            new InboundMessage(
                message.account().channel(),
                message.account().accountId(),
                message.from(),
                message.text(),
                null,
                null,
                true));
    if (verdict.decision() instanceof Decision.Challenge challenge
        && challenge.delivery() != Decision.Challenge.Delivery.SENT) {
      // Not waited for: nobody asks how it went, and the channel's next message waits here.
      delivery.wake();
    }
    return verdict.decision() instanceof Decision.Admit;
  }

  /** Asked without side effects: a stranger's receipt must not bring them a challenge. */
  private boolean isAdmitted(FilteredMessage message) {
    Explanation explanation =
        gate.explain(message.account().channel(), message.account().accountId(), message.from());
    return explanation.decision() == Decision.Kind.ADMIT;
  }
}
