package dev.nexo.pairing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.RawNats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The service mode, asked by a client that speaks nothing but NATS's own protocol. */
@DisplayName("Bus service over NATS")
@NeedsProgram("nats-server")
class BusServiceOverNatsTest {

  private NatsServer server;
  private RawNats client;
  private ChannelWorld world;
  private int asked;

  @BeforeEach
  void start() {
    server = NatsServer.started();
    world = ChannelWorld.builder().nats(server.url()).service().start();
    connected(world);
    client = server.client().subscribe("answers.>");
  }

  @AfterEach
  void stop() {
    client.close();
    world.close();
    server.close();
  }

  static void connected(ChannelWorld world) {
    await().atMost(Duration.ofSeconds(15)).until(() -> world.get(Broker.class).connections() > 0);
  }

  private String ask(String body) {
    client.publish("pairing.inbound", "answers." + asked, body);
    asked++;
    return client.awaitReceived(asked).get(asked - 1).body();
  }

  @Test
  @DisplayName("A request is answered on its reply subject")
  void answers() {
    world.gate().allow("whatsapp", "default", "+12345");
    assertThat(ask("{\"channel\":\"whatsapp\",\"sender_id\":\"12345@c.us\"}"))
        .isEqualTo(
            "{\"decision\":\"admit\",\"sender_id\":\"+12345\",\"role\":\"member\",\"labels\":[]}");
    assertThat(ask("{\"channel\":\"sms\",\"sender_id\":\"7\",\"deliver\":false}"))
        .startsWith("{\"decision\":\"challenge\",\"sender_id\":\"7\",\"code\":\"");
    assertThat(ask("{\"channel\":\"sms\",\"sender_id\":\"8\"}"))
        .contains("\"delivery\":\"delivered_via_broker\"")
        .doesNotContain("code");
    assertThat(ask("{\"channel\":\"sms\",\"sender_id\":\"9\",\"auto_challenge\":false}"))
        .as("nobody on the bus may admit a stranger")
        .contains("\"status\":403");
    assertThat(ask("{\"channel\":\"sms\"}"))
        .isEqualTo("{\"decision\":\"drop\",\"reason\":\"rejected_sender\"}");
  }

  @Test
  @DisplayName("A malformed request is answered with a problem")
  void malformedRequest() {
    assertThat(ask("")).contains("\"status\":400").contains("it is empty");
    assertThat(ask("{\"chanel\":\"sms\"}")).contains("\"field\":\"chanel\"");
    assertThat(ask("{\"channel\":\"SMS\",\"sender_id\":\"1\"}")).contains("\"field\":\"channel\"");
    assertThat(ask("{\"channel\":\"sms\",\"sender_id\":\"a\\u0000b\"}"))
        .contains("\"status\":400")
        .contains("\"field\":\"sender_id\"");
  }

  @Test
  @DisplayName("A failing gate is a 500 without details")
  void gateFails() {
    world.gate().failWith(new IllegalStateException("secret detail"));
    assertThat(ask("{\"channel\":\"sms\",\"sender_id\":\"1\"}"))
        .isEqualTo(
            new String(Problem.of(ProblemType.INTERNAL, null).body(), StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("A request without a reply subject changes nothing")
  void noReplySubject() {
    client.publish("pairing.inbound", null, "{\"channel\":\"sms\",\"sender_id\":\"1\"}");
    ask("{\"channel\":\"sms\",\"sender_id\":\"2\"}");
    assertThat(world.gate().pending()).containsExactly(new SenderKey("sms", "default", "2"));
  }

  @Test
  @DisplayName("Of two servers one answers")
  void twoServers() {
    try (ChannelWorld other = ChannelWorld.builder().nats(server.url()).service().start()) {
      connected(other);
      for (int i = 0; i < 50; i++) {
        client.publish(
            "pairing.inbound",
            "answers." + i,
            "{\"channel\":\"sms\",\"sender_id\":\"" + i + "\",\"deliver\":false}");
      }
      client.awaitReceived(50);
      client.flush();
      assertThat(client.received()).extracting("subject").hasSize(50).doesNotHaveDuplicates();
    }
  }

  @Test
  @DisplayName("The service works again after NATS restarts")
  void reconnects() {
    client.close();
    server.kill();
    await().until(() -> world.get(Broker.class).state().description().contains("reconnecting"));
    server.start();
    await().atMost(Duration.ofSeconds(15)).until(() -> world.get(Broker.class).connections() == 2);
    client = server.client().subscribe("answers.>");
    assertThat(ask("{\"channel\":\"sms\"}")).contains("rejected_sender");
  }
}
