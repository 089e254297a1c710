package dev.nexo.pairing.intake;

import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.platform.KeyedExecutor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;

/**
 * Answers {@code pairing.inbound}: a request's body is that of {@code POST /inbound}, and so is the
 * answer's (contract, section 5). A caller that awaits no answer is not served.
 */
final class BusService {

  static final String SUBJECT = "pairing.inbound";

  private static final Logger LOG = System.getLogger(BusService.class.getName());
  private static final int AT_ONCE = 16;
  private static final int PER_MESSAGE = 512;
  private static final int WAITING = 1_000;
  private static final long WAITING_BYTES = 32L << 20;

  private final Broker broker;
  private final PairingIntake intake;
  private final KeyedExecutor lanes;
  private final InboundJson json = new InboundJson();

  BusService(Broker broker, PairingIntake intake, Executor executor) {
    this.broker = broker;
    this.intake = intake;
    this.lanes = new KeyedExecutor(executor, AT_ONCE, WAITING, WAITING_BYTES);
  }

  void start() {
    broker.subscribe(SUBJECT, this::accept);
  }

  void stop() {
    lanes.close(1);
  }

  private void accept(BusMessage request) {
    if (request.replyTo() == null) {
      return;
    }
    boolean taken =
        lanes.submit(SUBJECT, PER_MESSAGE + request.body().length, () -> serve(request));
    if (!taken) {
      reply(request, json.problem(503, "Service Unavailable"));
    }
  }

  private void serve(BusMessage request) {
    byte[] answer;
    try {
      answer = answer(json.read(request.body()));
    } catch (MalformedMessageException e) {
      answer = json.problem(e);
    } catch (InvalidValueException e) {
      answer = json.problem(e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A request on " + SUBJECT + " failed: {0}", e.getClass().getName());
      answer = json.problem(500, "Internal Server Error");
    }
    reply(request, answer);
  }

  /** A caller on the bus is trusted like a channel account, and no further. */
  private byte[] answer(InboundMessage message) {
    return Boolean.FALSE.equals(message.autoChallenge())
        ? json.forbidden(
            "A caller on the bus may turn auto_challenge on, never off. Leave it out to get what is"
                + " configured.")
        : json.answer(intake.receive(message));
  }

  private void reply(BusMessage request, byte[] answer) {
    try {
      broker.pass(BusMessage.of(request.replyTo(), answer));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "An answer could not be sent: {0}", e.getMessage());
    }
  }
}
