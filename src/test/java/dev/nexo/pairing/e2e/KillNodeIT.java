package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.envelope;
import static dev.nexo.pairing.e2e.Messages.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawNats;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
 * One of two servers is killed under load. The other one continues, and sends the messages that the
 * first one had claimed.
 */
@DisplayName("One of two servers killed under load")
@NeedsProgram("nats-server")
class KillNodeIT {

  private static final int THREADS_EACH = 3;
  private static final int KILLED_AFTER_MILLIS = 4_000;

  /** Strangers on a separate channel and account, whose requests stay pending. */
  private static final int LEFT_BEHIND = 3;

  private static final String CLAIMED = " AND leased_until > extract(epoch from now()) * 1000";

  private static final int GOES_ON_MILLIS = 3_000;

  private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

  private final AcknowledgedChanges ledger = new AcknowledgedChanges();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2 * THREADS_EACH + 1 + LEFT_BEHIND);

  @Test
  @DisplayName("Nothing acknowledged is lost, and no challenge is sent under two ids")
  void killed() throws Exception {
    try (NatsServer nats = NatsServer.started("");
        TwoNodes nodes =
            new TwoNodes("kill-node").environment("PAIRING_BROKER_URL", nats.url()).start();
        RawNats bus = RawNats.connect(nats.port(), "{\"verbose\":false}")) {
      bus.subscribe("plugin.outbound.>");
      takenOver(nodes, bus, killAmidDelivery(nodes, nats));
      nodes.first().start();
      List<Future<?>> first = load(nodes, nodes.first(), 0);
      List<Future<?>> second = load(nodes, nodes.second(), THREADS_EACH);
      kill(nodes.first(), KILLED_AFTER_MILLIS);
      finish(first);
      int before = bus.received().size();
      kill(nodes.second(), GOES_ON_MILLIS);
      finish(second);
      try (Connection database = nodes.connect()) {
        StoppedServerDatabase.in(database).check(ledger);
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

  /**
   * Kills the first server while the broker hangs and the second server is paused. The claimed
   * entries then belong to the first server, and cannot have been sent.
   *
   * @return the ids of the claimed entries, each with its sender
   */
  private Map<String, String> killAmidDelivery(TwoNodes nodes, NatsServer nats) throws Exception {
    nodes.wire().cut();
    signal("STOP", nats.pid());
    try {
      for (int i = 0; i < LEFT_BEHIND; i++) {
        String id = Integer.toString(777_001 + i);
        SenderKey sender = new SenderKey("telegram", "left-behind", id);
        ledger.challenge(sender, true);
        // The change was made: an entry that is visible in the outbox was committed.
        ledger.change("challenged", List.of(sender), () -> true);
        JsonObject stranger = from("telegram", "left-behind", id);
        // The request waits for a delivery that never ends, and fails when the server is killed.
        var unused = threads.submit(() -> nodes.operator(nodes.first()).post("/inbound", stranger));
      }
      await("claimed entries")
          .atMost(TAKEN_OVER)
          .until(
              () -> untold(nodes, "").size() == LEFT_BEHIND && !untold(nodes, CLAIMED).isEmpty());
      nodes.first().kill();
      Map<String, String> left = untold(nodes, CLAIMED);
      assertThat(left).as("left behind by the one that was killed").isNotEmpty();
      return left;
    } finally {
      signal("CONT", nats.pid());
      nodes.wire().restore();
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  private static Map<String, String> untold(TwoNodes nodes, String condition) throws SQLException {
    Map<String, String> entries = new HashMap<>();
    try (Connection database = nodes.connect();
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, sender_id FROM pairing_outbox WHERE account_id = 'left-behind'"
                    + " AND sent_at IS NULL"
                    + condition)) {
      while (rows.next()) {
        entries.put(rows.getString(1), rows.getString(2));
      }
    }
    return entries;
  }

  /** Ends all leases now, which would otherwise take a minute. */
  private static void takenOver(TwoNodes nodes, RawNats bus, Map<String, String> left)
      throws SQLException {
    try (Connection database = nodes.connect();
        PreparedStatement end =
            database.prepareStatement(
                "UPDATE pairing_outbox SET leased_until = 0 WHERE id = ? AND sent_at IS NULL")) {
      for (String id : left.keySet()) {
        end.setString(1, id);
        end.executeUpdate();
      }
    }
    await("what the first one had to tell is told by the second")
        .atMost(TAKEN_OVER)
        .untilAsserted(() -> assertThat(told(bus)).containsAllEntriesOf(left));
  }

  /** The ids of the sent challenges, each with its sender. */
  private static Map<String, String> told(RawNats bus) {
    Map<String, String> ids = new HashMap<>();
    for (RawNats.Received message : bus.received()) {
      JsonObject envelope = envelope(message);
      ids.put(envelope.getString("id"), envelope.getJsonObject("payload").getString("to"));
    }
    return ids;
  }

  /** A challenge may be sent twice, by two servers, but as the same message. */
  private static void checkIds(RawNats bus) {
    Map<String, Set<String>> ids = new HashMap<>();
    for (RawNats.Received message : bus.received()) {
      JsonObject envelope = envelope(message);
      String to = envelope.getJsonObject("payload").getString("to");
      // The others say that a request was approved.
      if (Messages.hasCode(message)) {
        ids.computeIfAbsent(message.subject() + " " + to, key -> new HashSet<>())
            .add(envelope.getString("id"));
      }
    }
    assertThat(ids).isNotEmpty();
    // The load challenges each sender only once.
    assertThat(ids).allSatisfy((sender, its) -> assertThat(its).hasSize(1));
  }
}
