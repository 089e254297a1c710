package dev.nexo.pairing.e2e;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A sender that was admitted, and asks twenty times a second for as long as it is open. */
final class AdmittedSender implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(50);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<String> wrong = new AtomicReference<>();
  private final ServerClient operator;

  AdmittedSender(PackagedServer server) {
    operator = server.operator();
    operator.posted(
        "/allow-from/seed",
        Json.createObjectBuilder()
            .add("channel", "whatsapp")
            .add("sender_ids", Json.createArrayBuilder().add("+15550009999"))
            .build());
    thread.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ask() {
    long before = System.nanoTime();
    try {
      String answer =
          operator.tryPost("/inbound", Messages.from("whatsapp", "default", "+15550009999")).body();
      if (!answer.contains("\"decision\":\"admit\"")) {
        wrong.compareAndSet(null, answer);
      }
    } catch (Exception e) {
      wrong.compareAndSet(null, e.toString());
    }
    millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
  }

  /** The first answer that was not an admission, or null. */
  String firstWrong() {
    return wrong.get();
  }

  /** How long the answers took, milliseconds, in the order they came. */
  List<Long> times() {
    synchronized (millis) {
      return List.copyOf(millis);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
