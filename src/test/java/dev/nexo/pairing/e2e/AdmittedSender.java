package dev.nexo.pairing.e2e;

import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An admitted sender who writes continuously over its own connections. Records wrong and late
 * answers. Thread-safe.
 */
final class AdmittedSender implements AutoCloseable {

  private static final String CHANNEL = "telegram";
  private static final String ACCOUNT = "always-admitted";
  private static final String SENDER = "regular";
  private static final int PER_SECOND = 20;
  private static final int FAULTS_KEPT = 10;

  private final ServerClient client;
  private final Duration limit;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final List<String> faults = new ArrayList<>();
  private final List<Duration> times = new ArrayList<>();

  /**
   * Admits the sender without starting to write.
   *
   * @param limit the longest time that an answer may take
   */
  AdmittedSender(ServerClient client, Duration limit) {
    this.client = client;
    this.limit = limit;
    client.posted(
        "/allow-from/seed",
        Json.createObjectBuilder()
            .add("channel", CHANNEL)
            .add("account_id", ACCOUNT)
            .add("sender_ids", Json.createArrayBuilder().add(SENDER))
            .build());
  }

  /** Starts writing. */
  void start() {
    thread.scheduleAtFixedRate(this::write, 0, 1_000 / PER_SECOND, TimeUnit.MILLISECONDS);
  }

  private void write() {
    JsonObject message = Messages.from(CHANNEL, ACCOUNT, SENDER);
    long start = System.nanoTime();
    String fault;
    try {
      ServerClient.Answer answer = client.tryPost("/inbound", message);
      boolean admitted = answer.status() == 200 && answer.body().contains("\"admit\"");
      fault = admitted ? null : answer.toString();
    } catch (IOException | RuntimeException e) {
      fault = e.toString();
    }
    note(Duration.ofNanos(System.nanoTime() - start), fault);
  }

  private synchronized void note(Duration taken, String fault) {
    times.add(taken);
    String late = taken.compareTo(limit) > 0 ? "answered after " + taken : null;
    String found = fault == null ? late : fault;
    if (found != null && faults.size() < FAULTS_KEPT) {
      faults.add("message " + times.size() + " at " + Instant.now() + ": " + found);
    }
  }

  /** The number of answered messages. */
  synchronized int answers() {
    return times.size();
  }

  /** The response times, in order. */
  synchronized List<Duration> times() {
    return List.copyOf(times);
  }

  /** The longest response time. */
  synchronized Duration slowest() {
    return times.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  /** The first answers that were late or not an admission. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
