package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.envelope;
import static dev.nexo.pairing.e2e.Messages.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawNats;
import dev.nexo.pairing.testing.ServerClient;
import dev.nexo.pairing.testing.Together;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The packaged server with a broker that is away at the start, is started later, is killed, and is
 * started again.
 *
 * <p>NATS keeps no messages for absent subscribers. NATS therefore accepts only the test's
 * subscriber at first, and the server after the test has subscribed.
 */
@DisplayName("Outage of the broker")
@NeedsProgram("nats-server")
class BrokerOutageIT {

  private static final String LISTENER = "{user: listener, password: listening}";
  private static final String LISTENER_ALONE = "authorization { users: [" + LISTENER + "] }";
  private static final String EVERYBODY =
      "authorization { users: [" + LISTENER + ", {user: pairing, password: speaking}] }";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int THREADS = 4;
  private static final int STRANGERS = 3;

  private final List<RawNats> listeners = new ArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private NatsServer nats;
  private PackagedServer server;
  private ServerClient operator;

  @BeforeEach
  void startWithoutBroker() {
    nats = NatsServer.stopped();
    server =
        new PackagedServer("broker-outage")
            .environment("PAIRING_BROKER_URL", nats.url())
            .environment("PAIRING_BROKER_USERNAME", "pairing")
            .environment("PAIRING_BROKER_PASSWORD", "speaking")
            .start();
    operator = server.operator();
  }

  @AfterEach
  void stop() {
    try (NatsServer first = nats;
        PackagedServer second = server) {
      listeners.forEach(RawNats::close);
    }
  }

  @Test
  @DisplayName("No challenge is lost if the broker starts late or is killed")
  void noChallengeIsLost() throws Exception {
    challenge("early", "+15550000001");
    assertThat(answers).containsOnly(Map.entry("early +15550000001", "publish_failed"));
    JsonObject ready = server.anyone().get("/health/ready").json();
    assertThat(ready.getString("status")).as("away is no reason to be down").isEqualTo("UP");
    assertThat(ready.toString())
        .contains("nats: reconnecting, challenges wait in the outbox", "\"outbox_waiting\":\"1\"");

    startBroker();
    await("what waited").atMost(SOON).until(() -> seen().size() == 1);
    awaitEmptyOutbox();
    JsonObject again = operator.posted("/inbound", from("whatsapp", "early", "+15550000001"));
    assertThat(again.getString("delivery")).isEqualTo("already_delivered");

    killBrokerUnderLoad();
    challenge("late", "+15550000002");
    assertThat(answers).containsEntry("late +15550000002", "publish_failed");

    startBroker();
    await("every challenge").atMost(SOON).until(() -> seen().keySet().equals(answers.keySet()));
    awaitEmptyOutbox();
    checkDeliveries();
    // A message that was being sent at that moment may have its own log line.
    assertThat(server.console().lines().filter(line -> line.contains("in the outbox")))
        .as("a line for each reason of the two outages, however many wrote meanwhile")
        .hasSizeBetween(2, 5 + THREADS);
  }

  /** Strangers write to many accounts at once, and NATS is killed while they do. */
  private void killBrokerUnderLoad() throws Exception {
    AtomicInteger accounts = new AtomicInteger();
    AtomicBoolean killed = new AtomicBoolean();
    AtomicInteger afterwards = new AtomicInteger();
    Together.run(
        THREADS + 1,
        thread -> {
          if (thread == THREADS) {
            await("some to get through").atMost(SOON).until(() -> answers.size() > 60);
            nats.kill();
            killed.set(true);
            return null;
          }
          while (afterwards.get() < 20) {
            String account = "load-" + accounts.incrementAndGet();
            for (int i = 0; i < STRANGERS; i++) {
              challenge(account, "+1555100000" + i);
            }
            if (killed.get()) {
              afterwards.incrementAndGet();
            }
          }
          return null;
        });
    assertThat(answers.values()).contains("delivered_via_adapter", "publish_failed");
  }

  private void challenge(String account, String sender) {
    JsonObject answer = operator.posted("/inbound", from("whatsapp", account, sender));
    assertThat(answer.getString("decision")).isEqualTo("challenge");
    answers.put(account + " " + sender, answer.getString("delivery"));
  }

  private void startBroker() {
    nats.configure(LISTENER_ALONE);
    nats.start();
    listeners.add(
        RawNats.connect(
                nats.port(), "{\"verbose\":false,\"user\":\"listener\",\"pass\":\"listening\"}")
            .subscribe("plugin.outbound.>"));
    nats.configure(EVERYBODY);
  }

  private void awaitEmptyOutbox() {
    await("an empty outbox")
        .atMost(SOON)
        .until(
            () -> server.anyone().get("/health/ready").body().contains("\"outbox_waiting\":\"0\""));
  }

  /** The message ids of each received challenge, by account and sender. */
  private Map<String, List<String>> seen() {
    Map<String, List<String>> ids = new HashMap<>();
    for (RawNats listener : listeners) {
      for (RawNats.Received message : listener.received()) {
        JsonObject envelope = envelope(message);
        String account = message.subject().substring("plugin.outbound.whatsapp.".length());
        String to = account + " " + envelope.getJsonObject("payload").getString("to");
        ids.computeIfAbsent(to, key -> new ArrayList<>()).add(envelope.getString("id"));
      }
    }
    return ids;
  }

  private void checkDeliveries() {
    seen()
        .forEach(
            (to, ids) -> {
              assertThat(new TreeSet<>(ids)).as("the ids of " + to).hasSize(1);
              // If the broker's confirmation was lost, the message may arrive twice with one id.
              int most = answers.get(to).equals("publish_failed") ? 2 : 1;
              assertThat(ids).as(to + " " + answers.get(to)).hasSizeLessThanOrEqualTo(most);
            });
  }
}
