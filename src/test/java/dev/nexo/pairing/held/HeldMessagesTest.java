package dev.nexo.pairing.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.MessageContext.Hold;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.PendingRequest.HeldMessages;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.held.module.ReleasedLog;
import dev.nexo.pairing.internal.DecidedRequests;
import dev.nexo.pairing.store.ExpirySweeper;
import dev.nexo.pairing.store.HeldTable;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.RawNats.Received;
import dev.nexo.pairing.testing.Together;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Held messages")
@OnEveryDatabase
@NeedsProgram("nats-server")
class HeldMessagesTest extends HeldContract {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  @DisplayName("Held messages of the bus arrive unchanged and in order, once")
  void bus() throws SQLException {
    String first = envelope("ana", "first");
    client.publishWithHeaders(
        "plugin.inbound.sms",
        "Nats-Msg-Id: m-1\r\nTrace: a\r\nTrace: b\r\nPairing-Role: owner\r\n",
        first);
    client.publish("plugin.inbound.sms", "answer.here", envelope("ana", "second"));
    write("ana", "third");
    HeldMessages held = awaitHeld("ana", 2);
    assertThat(held.messages()).extracting(HeldMessage::text).containsExactly("first", "second");
    assertThat(held.tooLarge()).isFalse();
    assertThat(request("ana").text()).isEqualTo("first");
    assertThat(client.count()).isZero();

    assertThat(approve("ana").held()).isEmpty();
    List<Received> arrived = client.awaitReceived(2);
    assertThat(arrived).extracting(Received::subject).containsOnly("agents.inbound.sms");
    assertThat(arrived)
        .extracting(Received::body)
        .containsExactly(first, envelope("ana", "second"));
    assertThat(arrived.get(0).headers().lines().map(line -> line.replace(" ", "")))
        .contains("Nats-Msg-Id:m-1", "Trace:a", "Trace:b", "Pairing-Role:member")
        .doesNotContain("Pairing-Role:owner");
    assertThat(arrived.get(1).headers()).contains("Pairing-Role", "member");
    assertThat(arrived.get(1).replyTo()).isEqualTo("answer.here");
    awaitNothingHeld();
    write("ana", "fourth");
    assertThat(client.awaitReceived(3).get(2).body()).isEqualTo(envelope("ana", "fourth"));
    assertThat(client.received()).hasSize(3);
    assertThat(count("pairing_outbox WHERE sent_at IS NULL AND kind = 'held'")).isZero();
  }

  @Test
  @DisplayName("A message over 4 KiB is not held but noted, and takes no place")
  void tooLarge() {
    limit = 1;
    String large = "l".repeat(Hold.MAX_BYTES);
    write("ana", large);
    await().atMost(LONG).until(() -> pending().size() == 1);
    write("ana", large);
    write("ana", "small");
    HeldMessages held = awaitHeld("ana", 1);
    assertThat(held.tooLarge()).isTrue();
    assertThat(held.messages()).extracting(HeldMessage::text).containsExactly("small");
    assertThat(request("ana").text()).isEqualTo("l".repeat(500));
    approve("ana");
    assertThat(client.awaitReceived(1).get(0).body()).isEqualTo(envelope("ana", "small"));
    awaitNothingHeld();
    assertThat(client.received()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096})
  @DisplayName("A text of up to 4 KiB is held whole, on any path")
  void sizes(int size) {
    String text = "é".repeat(size / 2) + "x".repeat(size % 2);
    call("ana", text, true);
    assertThat(awaitHeld("ana", 1).messages()).extracting(HeldMessage::text).containsExactly(text);
  }

  private void call(String sender, String text, boolean remote) {
    intake()
        .receive(
            new InboundMessage(
                "sms", null, sender, text, "{\"message_id\":\"7\"}", null, false, remote));
  }

  @Test
  @DisplayName("A caller gets its messages in the answer of the approval, and for 24 hours")
  void caller() throws SQLException {
    call("ana", "first", true);
    call("ana", "x".repeat(4097), true);
    call("ana", "second", true);
    call("ana", "third", true);
    String requestId = request("ana").requestId();
    PendingOutcome.Done done = approve("ana");
    assertThat(done.held())
        .containsExactly(
            new HeldMessage(
                requestId + "/1", clock.instant(), "first", "{\"message_id\":\"7\"}", true),
            new HeldMessage(
                requestId + "/2", clock.instant(), "second", "{\"message_id\":\"7\"}", true));
    assertThat(pairing.store().approve(requestId, AllowTerms.NONE, false, OPERATOR))
        .isInstanceOf(PendingOutcome.Unknown.class);
    assertThat(pairing.store().held(requestId).orElseThrow().messages()).isEqualTo(done.held());
    clock.move(Duration.ofHours(24).minusMillis(1));
    pairing.get(HeldTable.class).clear(clock.instant());
    assertThat(pairing.store().held(requestId)).isPresent();
    clock.move(Duration.ofMillis(1));
    pairing.get(HeldTable.class).clear(clock.instant());
    assertThat(pairing.store().held(requestId)).isEmpty();
    assertThat(count("pairing_held")).isZero();
  }

  @Test
  @DisplayName("A module gets one event, again after an observer failed")
  void module() {
    ReleasedLog log = pairing.get(ReleasedLog.class);
    log.failures.set(1);
    call("ana", "first", false);
    call("ana", "second", false);
    String requestId = request("ana").requestId();
    assertThat(approve("ana").held()).isEmpty();
    await().atMost(LONG).until(() -> log.failures.get() == 0);
    await()
        .atMost(LONG)
        .until(
            () -> {
              // The time of the next attempt is on the clock that the test moves.
              clock.move(Duration.ofSeconds(1));
              return !log.released.isEmpty();
            });
    PairingEvent.HeldReleased event = log.released.get(0);
    assertThat(event.sender()).isEqualTo(key("ana"));
    assertThat(event.requestId()).isEqualTo(requestId);
    assertThat(event.messages()).extracting(HeldMessage::text).containsExactly("first", "second");
    awaitNothingHeld();
    assertThat(log.released).hasSize(1);
  }

  @Test
  @DisplayName("Nothing is held with a limit of 0, and the row has the text")
  void off() throws SQLException {
    limit = 0;
    call("ana", "first", true);
    assertThat(request("ana").text()).isEqualTo("first");
    assertThat(awaitHeld("ana", 0).messages()).isEmpty();
    assertThat(count("pairing_held")).isZero();
    assertThat(approve("ana").held()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deny", "block", "block sender", "expire", "expire by sweeper"})
  @DisplayName("Messages are deleted when the request is denied, blocked or expired")
  void purged(String how) throws SQLException {
    write("ana", "first");
    write("ana", "x".repeat(5000));
    HeldMessages held = awaitHeld("ana", 1);
    switch (how) {
      case "deny", "block" -> {
        pairing.store().deny(held.requestId(), how.equals("block"), null, OPERATOR);
        assertThat(pairing.store().held(held.requestId())).isEmpty();
        // Kept as long as the decision can be undone.
        clock.move(DecidedRequests.RESTORABLE);
        pairing.get(ExpirySweeper.class).clear();
      }
      case "block sender" -> pairing.store().block(key("ana"), null, OPERATOR);
      case "expire" -> {
        clock.move(Duration.ofMinutes(60));
        assertThat(pairing.store().approve(held.requestId(), AllowTerms.NONE, false, OPERATOR))
            .isInstanceOf(PendingOutcome.Expired.class);
      }
      default -> {
        clock.move(Duration.ofMinutes(60));
        pairing.get(ExpirySweeper.class).clear();
      }
    }
    assertThat(count("pairing_held")).isZero();
    assertThat(pairing.store().held(held.requestId())).isEmpty();
    client.flush();
    assertThat(client.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("A denial that is undone keeps the messages, which an approval then delivers")
  void restored(boolean block) throws SQLException {
    write("ana", "first");
    HeldMessages held = awaitHeld("ana", 1);
    pairing.store().deny(held.requestId(), block, null, OPERATOR);
    pairing.get(HeldTable.class).clear(clock.instant());
    DecidedRequests decided = pairing.get(DecidedRequests.class);
    assertThat(decided.restore(held.requestId(), OPERATOR)).isInstanceOf(PendingOutcome.Done.class);
    assertThat(request("ana").text()).isEqualTo("first");
    assertThat(pairing.store().held(held.requestId())).contains(held);
    approve("ana");
    assertThat(client.awaitReceived(1).get(0).body()).isEqualTo(envelope("ana", "first"));
    awaitNothingHeld();
    // What the bot has received cannot be taken back.
    assertThat(decided.restore(held.requestId(), OPERATOR))
        .isInstanceOf(PendingOutcome.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("A sender revoked or blocked before the delivery is not delivered")
  void revoked(boolean block) {
    write("ana", "first");
    awaitHeld("ana", 1);
    nats.kill();
    approve("ana");
    if (block) {
      pairing.store().block(key("ana"), null, OPERATOR);
    } else {
      pairing.store().revoke(key("ana"), OPERATOR);
    }
    nats.start();
    client.close();
    client = nats.client().subscribe("agents.>");
    clock.move(Duration.ofMinutes(2));
    awaitNothingHeld();
    client.flush();
    assertThat(client.received()).isEmpty();
  }

  @Test
  @DisplayName("While the broker is away messages wait, and then arrive once")
  void brokerAway() {
    write("ana", "first");
    write("ana", "second");
    awaitHeld("ana", 2);
    nats.kill();
    approve("ana");
    nats.start();
    client.close();
    client = nats.client().subscribe("agents.>");
    await()
        .atMost(LONG)
        .until(
            () -> {
              clock.move(Duration.ofSeconds(1));
              return client.count() >= 2;
            });
    awaitNothingHeld();
    assertThat(client.received())
        .extracting(Received::body)
        .containsExactly(envelope("ana", "first"), envelope("ana", "second"));
  }

  @Test
  @DisplayName("Of messages written at once as many are held as the limit says")
  void limitUnderRaces() throws Exception {
    limit = 1;
    Together.run(
        16,
        i -> {
          call("ana", "text " + i, true);
          return null;
        });
    assertThat(awaitHeld("ana", 1).messages()).hasSize(1);
    limit = 5;
    Together.run(
        16,
        i -> {
          call("bob", "text " + i, true);
          return null;
        });
    assertThat(awaitHeld("bob", 5).messages())
        .extracting(HeldMessage::id)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 5)
                .mapToObj(i -> request("bob").requestId() + "/" + i)
                .toList());
  }

  @Test
  @DisplayName("A message that comes with the approval is held or admitted, never lost")
  void approvedMeanwhile() throws Exception {
    limit = 5;
    List<String> sent = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      String sender = "sender-" + round;
      write(sender, "first");
      awaitHeld(sender, 1);
      String requestId = request(sender).requestId();
      Together.run(
          2,
          i -> {
            if (i == 0) {
              write(sender, "meanwhile");
            } else {
              pairing.store().approve(requestId, AllowTerms.NONE, false, OPERATOR);
            }
            return null;
          });
      sent.add(envelope(sender, "first"));
      sent.add(envelope(sender, "meanwhile"));
    }
    await().atMost(LONG).until(() -> client.count() >= sent.size());
    awaitNothingHeld();
    assertThat(client.received())
        .extracting(Received::body)
        .containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  @DisplayName("A message written right after the approval arrives after the held ones")
  void order() {
    List<String> sent = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      String sender = "sender-" + round;
      write(sender, "first");
      awaitHeld(sender, 1);
      approve(sender);
      write(sender, "second");
      client.awaitReceived(2 * round + 2);
      sent.add(envelope(sender, "first"));
      sent.add(envelope(sender, "second"));
    }
    assertThat(client.received()).extracting(Received::body).containsExactlyElementsOf(sent);
  }

  @Test
  @DisplayName("A seeded sender's messages are delivered")
  void seeded() {
    write("ana", "first");
    awaitHeld("ana", 1);
    pairing
        .store()
        .seed(new ChannelAccount("sms", "default"), List.of(new SeedEntry("ana", null)), OPERATOR);
    assertThat(client.awaitReceived(1).get(0).body()).isEqualTo(envelope("ana", "first"));
    awaitNothingHeld();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("If Nexo decides the request, its messages are delivered or deleted")
  void decidedByNexo(boolean approved) throws SQLException {
    write("ana", "first");
    awaitHeld("ana", 1);
    sql("DELETE FROM pairing_pending");
    if (approved) {
      sql(
          "INSERT INTO pairing_allow_from"
              + " (channel, account_id, sender_id, approved_at, approved_via)"
              + " VALUES ('sms', 'default', 'ana', 1, 'cli')");
    }
    pairing.get(HeldTable.class).clear(clock.instant());
    if (approved) {
      assertThat(client.awaitReceived(1).get(0).body()).isEqualTo(envelope("ana", "first"));
    }
    awaitNothingHeld();
    assertThat(client.received()).hasSize(approved ? 1 : 0);
  }

  @Test
  @DisplayName("The database contains no text of a held message in clear")
  void atRest() throws Exception {
    write("ana", "zebra crossing");
    write("ana", "zebra " + "x".repeat(5000));
    write("ana", "zebra again");
    awaitHeld("ana", 2);
    approve("ana");
    client.awaitReceived(2);
    call("bob", "zebra by http", true);
    approve("bob");
    assertThat(dump()).contains("ana").doesNotContain("zebra");
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("zebra");
      }
    }
  }

  /** All values of all tables. */
  private String dump() throws SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = outside()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
        while (rows.next()) {
          if (rows.getString("TABLE_NAME").startsWith("pairing_")) {
            tables.add(rows.getString("TABLE_NAME"));
          }
        }
      }
      assertThat(tables).contains("pairing_held", "pairing_pending", "pairing_outbox");
      for (String table : tables) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              byte[] bytes = rows.getBytes(i);
              dump.append(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1))
                  .append('\n');
            }
          }
        }
      }
    }
    return dump.toString();
  }
}
