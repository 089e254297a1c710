package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsNats;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawNats;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * One of two servers is killed under load; the other one goes on, and takes over what the first had
 * still to tell.
 */
@NeedsNats
class KillNodeIT {

  private static final int THREADS_EACH = 3;
  private static final int KILLED_AFTER_MILLIS = 4_000;
  private static final int GOES_ON_MILLIS = 3_000;

  /** The first one's leases end after a minute. */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(120);

  private final Ledger ledger = new Ledger();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2 * THREADS_EACH + 1);

  @Test
  @DisplayName("Nothing acknowledged is lost, and no challenge goes out under two ids")
  void killed() throws Exception {
    try (NatsServer nats = NatsServer.started("");
        TwoNodes nodes =
            new TwoNodes("kill-node").environment("PAIRING_BROKER_URL", nats.url()).start();
        RawNats bus = RawNats.connect(nats.port(), "{\"verbose\":false}")) {
      bus.subscribe("plugin.outbound.>");
      List<Future<?>> first = load(nodes, nodes.first(), 0);
      List<Future<?>> second = load(nodes, nodes.second(), THREADS_EACH);
      kill(nodes.first(), KILLED_AFTER_MILLIS);
      finish(first);
      int before = bus.received().size();
      await("all challenges are told")
          .atMost(TAKEN_OVER)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> dueForLong(nodes) == 0);
      kill(nodes.second(), GOES_ON_MILLIS);
      finish(second);
      try (Connection database = nodes.connect()) {
        Evidence.in(database).check(ledger);
      }
      assertThat(ledger.size()).as("writes acknowledged").isGreaterThan(100);
      assertThat(bus.received()).as("the second one went on").hasSizeGreaterThan(before);
      checkIds(bus);
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Future<?>> load(TwoNodes nodes, PackagedServer node, int number) {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS_EACH; i++) {
      int thread = number + i;
      Load load = new Load(nodes.operator(node), ledger, thread, "shared", new Random(thread));
      running.add(threads.submit(load::run));
    }
    return running;
  }

  private void kill(PackagedServer node, int afterMillis) throws Exception {
    threads.schedule(node::kill, afterMillis, TimeUnit.MILLISECONDS).get(60, TimeUnit.SECONDS);
  }

  private static void finish(List<Future<?>> running) throws Exception {
    for (Future<?> each : running) {
      each.get(60, TimeUnit.SECONDS);
    }
  }

  /** What has waited for ten seconds has been left behind by the one that was killed. */
  private static long dueForLong(TwoNodes nodes) throws SQLException {
    try (Connection database = nodes.connect();
        Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pairing_outbox WHERE sent_at IS NULL AND created_at <"
                    + " (extract(epoch from now()) - 10) * 1000")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** A challenge may be told twice, by two nodes, but is the same message then. */
  private static void checkIds(RawNats bus) {
    Map<String, Set<String>> ids = new HashMap<>();
    for (RawNats.Received message : bus.received()) {
      JsonObject envelope = envelope(message);
      String to = envelope.getJsonObject("payload").getString("to");
      ids.computeIfAbsent(message.subject() + " " + to, key -> new HashSet<>())
          .add(envelope.getString("id"));
    }
    assertThat(ids).isNotEmpty();
    // Each sender of the load is challenged once in its life.
    assertThat(ids).allSatisfy((sender, its) -> assertThat(its).hasSize(1));
  }
}
