package dev.nexo.pairing.intake;

import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.config.BusSettings;
import dev.nexo.pairing.internal.BusLossListener;
import dev.nexo.pairing.internal.BusLossListener.Receiver;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.json.InboundJson;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.KeyedExecutor;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import dev.nexo.pairing.problem.Violation;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Answers requests on {@code pairing.inbound} ({@code protocol.md#bus}). The bodies of request and
 * response are those of {@code POST /inbound}. A request without a reply subject is ignored. Does
 * nothing unless {@code pairing.bus.service} is true.
 */
@Component
final class BusService {

  static final String SUBJECT = "pairing.inbound";

  private static final Logger LOG = System.getLogger(BusService.class.getName());
  private static final int AT_ONCE = 16;
  private static final int PER_MESSAGE = 512;
  private static final int WAITING = 1_000;
  private static final long WAITING_BYTES = 32L << 20;

  private final BusSettings settings;
  private final Broker broker;
  private final PairingIntake intake;
  private final KeyedExecutor workers;
  private final RateLimitedLog flooded;
  private final List<BusLossListener> losses;

  @Inject
  BusService(
      BusSettings settings,
      Broker broker,
      PairingIntake intake,
      @Any Instance<BusLossListener> losses,
      ScheduledExecutorService executor) {
    this.settings = settings;
    this.broker = broker;
    this.intake = intake;
    this.workers = new KeyedExecutor(executor, AT_ONCE, WAITING, WAITING_BYTES);
    this.flooded = new RateLimitedLog(LOG, executor, LogMessage.SERVICE_OVERLOADED);
    this.losses = losses.stream().toList();
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (settings.service()) {
      broker.subscribe(SUBJECT, this::accept, this::lost);
    }
  }

  @PreDestroy
  void stop() {
    workers.close(1);
  }

  private void accept(BusMessage request) {
    if (request.replyTo() == null) {
      return;
    }
    boolean taken = workers.submit(SUBJECT, PER_MESSAGE + request.size(), () -> serve(request));
    if (!taken) {
      lost(1);
      reply(request, Problem.of(ProblemType.UNAVAILABLE, null).body());
    }
  }

  private void lost(long count) {
    losses.forEach(listener -> listener.lost(Receiver.SERVICE, count));
    flooded.happened(count);
  }

  /** Answers one request. A caller on the bus has the permissions of a channel account. */
  private void serve(BusMessage request) {
    byte[] answer;
    try {
      JsonFields fields = new JsonFields(StrictJson.parse(request.body()));
      InboundOutcome outcome = intake.receive(InboundJson.read(fields, false));
      answer = InboundJson.write(outcome).toString().getBytes(StandardCharsets.UTF_8);
    } catch (ProblemException e) {
      answer = e.problem().body();
    } catch (InvalidValueException e) {
      answer = Problem.of(List.of(new Violation(e.field(), e.expectation()))).body();
    } catch (StorageUnavailableException e) {
      answer = Problem.of(ProblemType.UNAVAILABLE, null).body();
    } catch (RuntimeException e) {
      LogMessage.BUS_REQUEST_FAILED.log(LOG, SUBJECT, e.getClass().getName());
      answer = Problem.of(ProblemType.INTERNAL, null).body();
    }
    reply(request, answer);
  }

  private void reply(BusMessage request, byte[] answer) {
    try {
      broker.pass(BusMessage.of(request.replyTo(), answer));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "An answer could not be sent: {0}", e.getMessage());
    }
  }
}
