package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills the packaged server under load with {@code kill -9}, 20 times with the same home. Each time
 * the database must match the changes that the server acknowledged. {@code -Dkill.seed=…} repeats
 * the times of a run, but not the state of the server at these times.
 */
@Tag("slow")
@DisplayName("Server killed under load")
class KillIT {

  private static final int ROUNDS = 20;
  private static final int THREADS = 4;
  private static final int LONGEST_LOAD_MILLIS = 2_500;

  /** How long a start runs before it is killed: from the first class to almost ready. */
  private static final int LONGEST_START_MILLIS = 9_000;

  private static final int ASKED_OVER_HTTP = 100;

  private final long seed = Long.getLong("kill.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final AcknowledgedChanges ledger = new AcknowledgedChanges();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS + 1);
  private PackagedServer server;

  @BeforeEach
  void copyServer() {
    server = new PackagedServer("kill");
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    server.close();
  }

  @Test
  @DisplayName("Twenty kills under load lose no acknowledged write and split none")
  void killedUnderLoad() throws Exception {
    try {
      // During the migrations, and while the first password is generated; then it may start.
      killAsSoonAsThereIs(server.database());
      killAsSoonAsThereIs(server.home().resolve("secret"));
      server.start();
      for (int round = 1; round <= ROUNDS; round++) {
        Set<SenderKey> before = Set.copyOf(ledger.stories().keySet());
        loadAndKill(round);
        checkDatabase();
        if (round % 5 == 0) {
          killDuringStart();
        }
        server.start();
        checkOverHttp(before);
        approveSomebodyWhoWaits();
      }
    } catch (Exception | AssertionError e) {
      e.addSuppressed(new AssertionError("-Dkill.seed=" + seed));
      throw e;
    }
    assertThat(ledger.size()).as("writes acknowledged").isGreaterThan(ROUNDS * 20L);
  }

  /** Kills a start as soon as a file exists; the next start must complete its work. */
  private void killAsSoonAsThereIs(Path file) {
    server.launch();
    await("there is " + file)
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> Files.exists(file));
    server.kill();
  }

  private void killDuringStart() throws Exception {
    server.launch();
    kill(1 + random.nextInt(LONGEST_START_MILLIS)).get(60, TimeUnit.SECONDS);
    checkDatabase();
  }

  private void loadAndKill(int round) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Load load =
          new Load(
              server.operator(),
              ledger,
              round * 100 + i,
              "shared-" + round,
              new Random(random.nextLong()));
      running.add(threads.submit(load::run));
    }
    kill(1 + random.nextInt(LONGEST_LOAD_MILLIS)).get(60, TimeUnit.SECONDS);
    for (Future<?> each : running) {
      each.get(60, TimeUnit.SECONDS);
    }
  }

  private Future<?> kill(int afterMillis) {
    return threads.schedule(server::kill, afterMillis, TimeUnit.MILLISECONDS);
  }

  private void checkDatabase() throws Exception {
    assertThat(server.isRunning()).isFalse();
    StoppedServerDatabase evidence = StoppedServerDatabase.in(server.database());
    evidence.check(ledger);
    ledger.settle(evidence.audit());
  }

  /** Checks over HTTP the senders of the last round, after the start. */
  private void checkOverHttp(Set<SenderKey> before) {
    ServerClient operator = server.operator();
    Set<SenderKey> latest = new HashSet<>(ledger.stories().keySet());
    latest.removeAll(before);
    latest.stream()
        .limit(ASKED_OVER_HTTP)
        .forEach(
            sender -> {
              List<String> actions = ledger.story(sender).acknowledged();
              String last = actions.isEmpty() ? "" : actions.get(actions.size() - 1);
              String expected =
                  switch (last) {
                    case "approved", "seeded" -> "admit";
                    case "denied" -> "drop";
                    default -> "challenge";
                  };
              ServerClient.Answer answer = operator.get("/api/v1/explain?" + query(sender));
              // If all slots are taken, nobody is challenged; otherwise nothing has changed.
              assertThat(answer.json().getString("decision"))
                  .as(sender + " " + actions + " " + answer.body())
                  .isIn(expected, last.isEmpty() || last.equals("revoked") ? "drop" : expected);
            });
  }

  private static String query(SenderKey sender) {
    return "channel=%s&account_id=%s&sender_id=%s"
        .formatted(
            sender.channel(),
            sender.accountId(),
            URLEncoder.encode(sender.senderId(), StandardCharsets.UTF_8));
  }

  /** A code that was returned before the kill is valid after it. */
  private void approveSomebodyWhoWaits() {
    ServerClient operator = server.operator();
    ledger.stories().entrySet().stream()
        .filter(entry -> entry.getValue().code() != null)
        .filter(entry -> entry.getValue().acknowledged().equals(List.of("challenged")))
        .map(Map.Entry::getKey)
        .findAny()
        .ifPresent(
            sender ->
                ledger.change(
                    "approved",
                    List.of(sender),
                    () -> {
                      operator.posted(
                          "/pending/" + ledger.story(sender).code() + "/approve",
                          JsonValue.EMPTY_JSON_OBJECT);
                      return true;
                    }));
  }
}
