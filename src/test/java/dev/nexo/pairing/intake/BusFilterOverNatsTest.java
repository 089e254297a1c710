package dev.nexo.pairing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.RawNats;
import dev.nexo.pairing.testing.RawNats.Received;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter mode, fed and watched by a client that speaks nothing but NATS's own protocol. */
@DisplayName("Bus filter over NATS")
@NeedsProgram("nats-server")
class BusFilterOverNatsTest {

  private NatsServer server;
  private RawNats client;
  private ChannelWorld world;

  @BeforeEach
  void start() {
    server = NatsServer.started();
    world = ChannelWorld.builder().nats(server.url()).filter("agents.inbound").start();
    BusServiceOverNatsTest.connected(world);
    client = server.client().subscribe("agents.>");
    world.gate().allow("whatsapp", "default", "+12345");
    world.gate().allow("whatsapp", "main.line", "+12345");
    world.gate().allow("sms", "default", "7");
  }

  @AfterEach
  void stop() {
    client.close();
    world.close();
    server.close();
  }

  private static String envelope(String payload) {
    return " {\"id\": \"x\", \"strange\" : [1.50, \"\\u00e9\"],\"payload\":" + payload + "}\n";
  }

  private static String from(String sender, String text) {
    return envelope("{\"from\":\"" + sender + "\",\"text\":\"" + text + "\"}");
  }

  @Test
  @DisplayName("An admitted message is forwarded unchanged with its headers")
  void forwards() {
    String message = from("12345@c.us", "hello");
    client.publishWithHeaders(
        "plugin.inbound.whatsapp",
        "Trace-Id: abc\r\nTrace-Id: def\r\npairing-ROLE: owner\r\nPairing-Labels: vip\r\n",
        message);
    Received forwarded = client.awaitReceived(1).get(0);
    assertThat(forwarded.subject()).isEqualTo("agents.inbound.whatsapp");
    assertThat(forwarded.body()).isEqualTo(message);
    assertThat(forwarded.headers().lines().map(line -> line.replace(" ", "")))
        .contains("Trace-Id:abc", "Trace-Id:def", "Pairing-Role:member")
        .noneMatch(line -> line.contains("owner") || line.contains("vip"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sender-Name: M\u00fcller\r\n", // a value that is not ASCII
        "Sender-Name: \ud83d\ude00\r\n",
        "X Y: z\r\n", // a name with a space
        "N\u00e4me: z\r\n", // a name that is not ASCII
        " Folded: z\r\n", // the continuation of a line
        ": z\r\n", // no name
        "no colon\r\n",
        "A: one\rtwo\r\n", // CR or LF in a value
        "A: one\ntwo\r\n",
        "A: one", // no end of the line
        "\r\n\r\n",
        "\u0001: z\r\n"
      })
  @DisplayName("A header that NATS does not allow is removed, and the bus goes on")
  void invalidHeaders(String header) {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.broker")) {
      for (int i = 0; i < 3; i++) {
        client.publishWithHeaders(
            "plugin.inbound.sms", "Trace-Id: abc\r\n" + header, from("7", "n" + i));
        client.publishWithHeaders("plugin.inbound.sms", header, from("7", "n" + i));
      }
      client.publish("plugin.inbound.sms", null, from("7", "the next"));
      List<Received> received = client.awaitReceived(7);
      assertThat(received.get(0).headers()).contains("Trace-Id");
      assertThat(received.get(6).body()).contains("the next");
      assertThat(log.lines("NXP-0043")).isLessThanOrEqualTo(1);
      assertThat(log.lines("NXP-0032")).isZero();
      assertThat(world.lost()).isZero();
    }
  }

  @Test
  @DisplayName("A message is read whatever its header block is")
  void headerBlocks() {
    String[] blocks = {
      "",
      "\r\n",
      "NATS/1.0",
      "NATS/2.0\r\n\r\n",
      "NATS/1.0 503\r\n\r\n",
      "NATS/1.0 x\r\n\r\n",
      "\u0000"
    };
    for (String block : blocks) {
      client.publishWithBlock("plugin.inbound.sms", block, from("7", "after " + block.length()));
    }
    client.publishWithHeaders("plugin.inbound.sms", "A: b\r\n".repeat(10_000), from("7", "many"));
    List<Received> received = client.awaitReceived(blocks.length + 1);
    assertThat(received).hasSize(blocks.length + 1).allMatch(r -> r.headers().contains("member"));
  }

  @Test
  @DisplayName("The longest subjects that NATS takes cost no connection")
  void longSubjects() {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.broker")) {
      client.publish("plugin.inbound.sms", "r".repeat(4_060), from("7", "long reply"));
      client.publish("plugin.inbound.sms." + "a".repeat(4_060), null, from("7", "long account"));
      client.publish("plugin.inbound.sms", null, from("7", "the next"));
      assertThat(client.awaitReceived(1).get(0).body()).contains("the next");
      assertThat(world.lost()).isEqualTo(1);
      assertThat(log.lines("NXP-0032")).isZero();
    }
  }

  @Test
  @DisplayName("The account in the subject is kept")
  void accounts() {
    client.publish("plugin.inbound.whatsapp.main.line", null, from("12345", "a"));
    client.publish("plugin.inbound.whatsapp.default", null, from("12345", "b"));
    client.publish("plugin.inbound.whatsapp", null, from("12345", "c"));
    assertThat(client.awaitReceived(3))
        .extracting(Received::subject)
        .containsExactly(
            "agents.inbound.whatsapp.main.line",
            "agents.inbound.whatsapp.default",
            "agents.inbound.whatsapp");
    assertThat(client.received().get(0).headers()).contains("Pairing-Role");
  }

  @Test
  @DisplayName("A stranger is challenged, with the claimed name, and not forwarded")
  void challenges() {
    client.subscribe("plugin.outbound.>");
    client.publish(
        "plugin.inbound.whatsapp",
        null,
        envelope("{\"from\":\"99999\",\"text\":\"let me in\",\"pushName\":\"Ana\"}"));
    Received challenge = client.awaitReceived(1).get(0);
    assertThat(challenge.subject()).isEqualTo("plugin.outbound.whatsapp");
    assertThat(challenge.body()).contains("\"to\":\"+99999\"").contains("nexo pair approve");
    assertThat(world.gate().request(new SenderKey("whatsapp", "default", "+99999")).text())
        .isEqualTo("let me in");
    assertThat(world.gate().request(new SenderKey("whatsapp", "default", "+99999")).metaJson())
        .isEqualTo("{\"name\":\"Ana\"}");
    client.publish("plugin.inbound.whatsapp", null, from("99999", "again"));
    client.publish("plugin.inbound.whatsapp", null, from("12345", "the next"));
    assertThat(client.awaitReceived(2).get(1).body()).contains("the next");
    client.flush();
    assertThat(client.received()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"from\":\"%s\"}",
        "{\"from\":\"%s\",\"text\":\"\"}",
        "{\"from\":\"%s\",\"text\":\" \\u2003\\n\"}",
        "{\"from\":\"%s\",\"text\":null,\"media_kind\":null}",
        "{\"from\":\"%s\",\"media_kind\":\" \"}",
        "{\"from\":\"%s\",\"receipt\":\"read\"}"
      })
  @DisplayName("An event without text is forwarded or dropped, never challenged")
  void noText(String payload) {
    client.publish("plugin.inbound.sms", null, envelope(payload.formatted("stranger")));
    client.publish("plugin.inbound.sms", null, envelope(payload.formatted("7")));
    assertThat(client.awaitReceived(1).get(0).body()).contains("\"7\"");
    client.flush();
    assertThat(client.received()).hasSize(1);
    assertThat(world.gate().pending()).isEmpty();
    assertThat(world.dropped())
        .hasSize(1)
        .allMatch(row -> row.startsWith("sms:default:stranger not_a_message "));
  }

  @Test
  @DisplayName("A message in a group is dropped and listed, even from an approved sender")
  void group() {
    String group =
        envelope(
            "{\"kind\":\"message\",\"from\":\"%s@s.whatsapp.net\",\"chat\":"
                + "\"120363000000000000@g.us\",\"is_group\":true,\"text\":\"hi\"}");
    client.subscribe("plugin.outbound.>");
    client.publish("plugin.inbound.whatsapp", null, group.formatted("15550001111"));
    client.publish("plugin.inbound.whatsapp", null, group.formatted("12345"));
    client.publish("plugin.inbound.whatsapp", null, from("12345", "alone"));
    assertThat(client.awaitReceived(1).get(0).body()).contains("alone");
    client.flush();
    assertThat(client.received()).hasSize(1);
    assertThat(world.gate().pending()).isEmpty();
    assertThat(world.dropped())
        .containsExactly(
            "whatsapp:default:+15550001111 group hi", "whatsapp:default:+12345 group hi");
    assertThat(world.counted()).hasSize(2);
  }

  @Test
  @DisplayName("A lifecycle event is forwarded unchanged, not counted and not logged")
  void lifecycle() {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.intake")) {
      List<String> events =
          List.of(
              envelope("{\"kind\":\"connected\"}"),
              envelope("{\"kind\":\"qr\",\"ascii\":\"#\"}"),
              envelope("{\"kind\":\"bridge_timeout\",\"msg_id\":\"x\"}"));
      events.forEach(event -> client.publish("plugin.inbound.whatsapp", null, event));
      assertThat(client.awaitReceived(3))
          .allMatch(event -> event.headers() == null)
          .extracting(Received::body)
          .containsExactlyElementsOf(events);
      assertThat(log.lines("malformed")).isZero();
      assertThat(world.counted()).isEmpty();
      assertThat(world.dropped()).isEmpty();
    }
  }

  @Test
  @DisplayName("A sender that is a number is read as a string")
  void number() {
    client.publish(
        "plugin.inbound.whatsapp", null, envelope("{\"from\":12345,\"text\":\"hello\"}"));
    assertThat(client.awaitReceived(1).get(0).body()).contains("12345");
  }

  @Test
  @DisplayName("A sender that is not a valid id is listed")
  void listed() {
    client.publish("plugin.inbound.sms", null, from("7\\u0000x", "a"));
    client.publish("plugin.inbound.sms", null, from("7".repeat(300), "b"));
    client.publish("plugin.inbound.whatsapp", null, from("7@g.us", "c"));
    client.publish("plugin.inbound.sms", null, envelope("{\"from\":7.0,\"text\":\"d\"}"));
    await().until(() -> world.dropped().size() == 4);
    assertThat(world.dropped())
        .containsExactlyInAnyOrder(
            "sms:default:7\ufffdx rejected_sender a",
            "sms:default:" + "7".repeat(128) + " rejected_sender b",
            "whatsapp:default:7@g.us group c",
            "sms:default:7.0 rejected_sender d");
  }

  @Test
  @DisplayName("Media without text is a message")
  void mediaOnly() {
    client.publish(
        "plugin.inbound.sms", null, envelope("{\"from\":\"x\",\"media_kind\":\"image\"}"));
    await().until(() -> world.gate().pending().size() == 1);
  }

  @Test
  @DisplayName("A malformed message is dropped and logged once without its content")
  void malformedMessage() {
    String[] hostile = {
      "",
      "null",
      "[]",
      "{}",
      "{",
      "{\"payload\":null}",
      "{\"payload\":\"from\"}",
      "{\"payload\":{}}",
      "{\"payload\":{\"from\":null,\"text\":\"SECRET\"}}",
      "{\"payload\":{\"from\":[\"7\"],\"text\":\"SECRET\"}}",
      "{\"payload\":{\"from\":\"7\",\"from\":\"8\",\"text\":\"SECRET\"}}",
      "{\"payload\":{\"from\":\"7\\u0000\\u0001x\",\"text\":\"SECRET\"}}",
      "{\"payload\":{\"from\":\"" + "7".repeat(300) + "\",\"text\":\"SECRET\"}}",
      "{\"payload\":" + "{\"a\":".repeat(100_000)
    };
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.intake")) {
      for (String body : hostile) {
        client.publish("plugin.inbound.sms", null, body);
      }
      String[] subjects = {"SMS", "sms.a..b", "sms.a b", "s\u00e4", "x".repeat(33), "sms.\u0001"};
      for (String subject : subjects) {
        if (!subject.contains(" ") && !subject.contains("..")) {
          client.publish("plugin.inbound." + subject, null, from("7", "SECRET"));
        }
      }
      client.publish("plugin.inbound.sms", null, from("7", "the good one"));
      assertThat(client.awaitReceived(1).get(0).body()).contains("the good one");
      client.flush();
      assertThat(client.received()).hasSize(1);
      assertThat(world.gate().pending()).isEmpty();
      assertThat(log.lines("malformed")).isEqualTo(1);
      assertThat(log.text()).doesNotContain("SECRET");
    }
  }

  @Test
  @DisplayName("A failing gate drops the message")
  void gateFails() {
    world.gate().failWith(new IllegalStateException("broken"));
    client.publish("plugin.inbound.sms", null, from("7", "lost"));
    client.publish("plugin.inbound.sms", null, envelope("{\"from\":\"7\"}"));
    assertThat(client.awaitReceived(1).get(0).body()).isEqualTo(envelope("{\"from\":\"7\"}"));
  }

  @Test
  @DisplayName("Messages of a channel keep their order")
  void order() {
    IntStream.range(0, 2_000)
        .forEach(i -> client.publish("plugin.inbound.sms", null, from("7", "n" + i)));
    assertThat(client.awaitReceived(2_000))
        .extracting(Received::body)
        .containsExactlyElementsOf(
            IntStream.range(0, 2_000).mapToObj(i -> from("7", "n" + i)).toList());
  }

  @Test
  @DisplayName("A burst of 20,000 messages is not lost while the gate is slow")
  void burst() {
    CountDownLatch arrived = new CountDownLatch(1);
    world.gate().holdUntil(arrived);
    IntStream.range(0, 20_000)
        .forEach(i -> client.publish("plugin.inbound.sms", null, from("7", "n" + i)));
    client.flush();
    arrived.countDown();
    await().atMost(Duration.ofSeconds(60)).until(() -> client.count() >= 20_000);
    assertThat(client.received()).hasSize(20_000).doesNotHaveDuplicates();
    assertThat(world.lost()).isZero();
  }

  @Test
  @DisplayName("What exceeds the limits is counted and logged once")
  void tooMany() {
    CountDownLatch arrived = new CountDownLatch(1);
    world.gate().holdUntil(arrived);
    int sent = 51_000;
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.intake")) {
      IntStream.range(0, sent)
          .forEach(i -> client.publish("plugin.inbound.sms", null, from("7", "n" + i)));
      client.publish("plugin.inbound.whatsapp", null, from("12345", "other channel"));
      await().atMost(Duration.ofSeconds(60)).until(() -> world.lost() >= 900);
      arrived.countDown();
      await().atMost(Duration.ofSeconds(60)).until(() -> client.count() + world.lost() == sent + 1);
      assertThat(client.received()).extracting(Received::body).anyMatch(b -> b.contains("other"));
      assertThat(log.lines("NXP-0039")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("Of two servers one forwards")
  void twoServers() {
    try (ChannelWorld other =
        ChannelWorld.builder().nats(server.url()).filter("agents.inbound").start()) {
      BusServiceOverNatsTest.connected(other);
      other.gate().allow("sms", "default", "7");
      IntStream.range(0, 100)
          .forEach(i -> client.publish("plugin.inbound.sms", null, from("7", "n" + i)));
      client.awaitReceived(100);
      await().during(Duration.ofMillis(300)).until(() -> client.received().size() == 100);
      assertThat(client.received()).extracting(Received::body).doesNotHaveDuplicates();
    }
  }
}
