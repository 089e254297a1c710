package dev.nexo.pairing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.testing.ChannelWorld;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Gated intake")
class GatedIntakeTest {

  /** An adapter that cannot be asked. */
  public static class Away implements PairingChannelAdapter {
    @Override
    public String channelId() {
      return "away";
    }

    @Override
    public Optional<String> normalizeSender(String raw) {
      throw new IllegalStateException("away");
    }

    @Override
    public void sendReply(Reply reply) {}
  }

  private ChannelWorld world;
  private PairingIntake intake;

  @BeforeEach
  void start() {
    world = ChannelWorld.builder().bean(Away.class).observer(message -> {}).start();
    intake = world.get(PairingIntake.class);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private InboundOutcome receive(String channel, String account, String sender, boolean deliver) {
    return intake.receive(new InboundMessage(channel, account, sender, "hi", null, null, deliver));
  }

  @Test
  @DisplayName("A known sender is admitted under the canonical id")
  void admits() {
    world.gate().allow("whatsapp", "default", "+573001112222");
    InboundOutcome outcome = receive("whatsapp", null, " 573001112222@c.us\n", true);
    assertThat(outcome.decision()).isEqualTo(Decision.Admit.MEMBER);
    assertThat(outcome.senderId()).isEqualTo("+573001112222");
    assertThat(outcome.delivery()).isNull();
    assertThat(outcome.challengeText()).isNull();
  }

  @Test
  @DisplayName("A stranger's challenge is delivered once and not returned")
  void delivers() {
    InboundOutcome first = receive("whatsapp", "main", "573001112222", true);
    assertThat(first.decision()).isInstanceOf(Challenge.class);
    assertThat(first.delivery()).isEqualTo(DeliveryResult.DELIVERED_VIA_ADAPTER);
    assertThat(first.challengeText()).isNull();
    InboundOutcome again = receive("whatsapp", "main", "+573001112222", true);
    assertThat(again.delivery()).isEqualTo(DeliveryResult.ALREADY_DELIVERED);
    SenderKey sender = new SenderKey("whatsapp", "main", "+573001112222");
    assertThat(world.gate().request(sender).text()).isEqualTo("hi");
    assertThat(world.gate().request(sender).metaJson()).isEqualTo("{}");
  }

  @Test
  @DisplayName("A caller that delivers itself gets the text in the channel's markup")
  void callerDelivers() {
    InboundOutcome outcome = receive("telegram", null, "@Someone", false);
    Challenge challenge = (Challenge) outcome.decision();
    assertThat(outcome.challengeText())
        .isEqualTo(
            "🔐 Pairing required\\.\nAsk the operator to run:\n  `nexo pair approve "
                + challenge.request().code().value()
                + "`");
    assertThat(outcome.delivery()).isNull();
    assertThat(outcome.toString()).doesNotContain(challenge.request().code().value());
    assertThat(world.outbox().waiting()).isZero();
  }

  @Test
  @DisplayName("The configured policy applies unless the caller overrides it")
  void policy() {
    assertThat(receive("whatsapp", "open", "12345", true).decision())
        .isEqualTo(Decision.Admit.GUEST);
    assertThat(
            intake
                .receive(new InboundMessage("whatsapp", "open", "12345", null, null, true, true))
                .decision())
        .isInstanceOf(Challenge.class);
    assertThat(
            intake
                .receive(new InboundMessage("whatsapp", null, "12345", null, null, false, true))
                .decision())
        .isEqualTo(Decision.Admit.GUEST);
  }

  static Stream<Arguments> dropped() {
    return Stream.of(
        arguments("whatsapp", null, DropReason.REJECTED_SENDER, "no sender"),
        arguments("whatsapp", "", DropReason.REJECTED_SENDER, "an empty sender"),
        arguments("whatsapp", " \t\u00a0\u2028\u3000\n", DropReason.REJECTED_SENDER, "blanks"),
        arguments("whatsapp", "1@g.us", DropReason.GROUP, "a group"),
        arguments("sms", "iMessage;+;chat5", DropReason.GROUP, "a chat as the sender"),
        arguments("whatsapp", "15550001111.0", DropReason.REJECTED_SENDER, "a decimal"),
        arguments("telegram", "1087968824", DropReason.SHARED_SENDER, "a service account"),
        arguments("away", "1", DropReason.ADAPTER_UNAVAILABLE, "an adapter that is away"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("dropped")
  @DisplayName("A message that does not reach the gate is dropped and counted")
  void drops(String channel, String sender, DropReason reason, String why) {
    InboundOutcome outcome = receive(channel, null, sender, true);
    assertThat(outcome.decision()).as(why).isEqualTo(new Drop(reason));
    assertThat(outcome.senderId()).isNull();
    assertThat(world.counted()).containsExactly(new Drop(reason));
    assertThat(world.gate().pending()).isEmpty();
    if (SenderKey.isSender(sender)) {
      assertThat(world.dropped())
          .containsExactly(channel + ":default:" + sender + " " + reason.wireName() + " hi");
    } else {
      assertThat(world.dropped()).isEmpty();
    }
  }

  @Test
  @DisplayName("A group's approval admits no sender who has the group's id")
  void chosenId() {
    world.gate().allow("sms", "default", "group:iMessage;+;chat5");
    for (String id : List.of("iMessage;+;chat5", "group:iMessage;+;chat5")) {
      assertThat(receive("sms", null, id, true).decision()).as(id).isInstanceOf(Drop.class);
    }
  }

  @Test
  @DisplayName("The kind in meta decides before the gate, also for an admitted sender")
  void kinds() {
    world.gate().allow("sms", "default", "ana");
    assertThat(meta("ana", "{\"is_group\":true}")).isEqualTo(new Drop(DropReason.GROUP));
    assertThat(meta("eve", "{\"is_group\":true}")).isEqualTo(new Drop(DropReason.GROUP));
    assertThat(meta("ana", "{\"from_me\":true}")).isEqualTo(new Drop(DropReason.OWN_ECHO));
    assertThat(meta("ana", "{\"kind\":\"reaction\"}")).isEqualTo(Decision.Admit.MEMBER);
    assertThat(meta("eve", "{\"kind\":\"reaction\"}"))
        .isEqualTo(new Drop(DropReason.NOT_A_MESSAGE));
    assertThat(world.gate().pending()).isEmpty();
    assertThat(world.dropped())
        .containsExactly(
            "sms:default:ana group hi",
            "sms:default:eve group hi",
            "sms:default:ana own_echo hi",
            "sms:default:eve not_a_message hi");
    assertThatThrownBy(() -> meta("ana", "[]")).isInstanceOf(InvalidValueException.class);
    assertThat(meta("eve", "{\"name\":\"Eve\"}")).isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("Nobody is challenged for old messages, receipts, bots, echoes and edits")
  void nothingForOthers() {
    for (String sign :
        List.of(
            "\"is_history\":true",
            "\"offline\":true",
            "\"type\":\"append\"",
            "\"kind\":\"receipt\"",
            "\"is_bot\":true",
            "\"from_me\":true",
            "\"edited\":true")) {
      assertThat(meta("eve", "{" + sign + "}")).as(sign).isInstanceOf(Drop.class);
      assertThat(meta("eve", "{\"contact\":true," + sign + "}")).as(sign).isInstanceOf(Drop.class);
    }
    assertThat(world.gate().pending()).isEmpty();
    assertThat(world.outbox().waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("A sender to whom the account has written gets nothing, and has a request")
  void contact(boolean deliver) {
    InboundOutcome outcome =
        intake.receive(
            new InboundMessage("sms", null, "ana", "hi", "{\"contact\":true}", null, deliver));
    assertThat(outcome.decision()).isInstanceOf(Challenge.class);
    assertThat(outcome.delivery()).isEqualTo(DeliveryResult.SILENT);
    assertThat(outcome.challengeText()).isNull();
    assertThat(world.outbox().waiting()).isZero();
    assertThat(world.gate().pending()).hasSize(1);
  }

  private Decision meta(String sender, String meta) {
    return intake
        .receive(new InboundMessage("sms", null, sender, "hi", meta, null, true))
        .decision();
  }

  @Test
  @DisplayName("The intake does not count what the gate drops")
  void gateCounts() {
    assertThat(receive("sms", null, "blocked one", true).decision())
        .isEqualTo(new Drop(DropReason.BLOCKED));
    assertThat(world.counted()).isEmpty();
    assertThat(world.dropped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000b", "a\u0085b", "\u0007a", "a\ud800", "\udc00a"})
  @DisplayName("A sender with control characters or lone surrogates is refused")
  void badSender(String sender) {
    for (String channel : List.of("whatsapp", "sms", "away")) {
      assertThatThrownBy(() -> receive(channel, null, sender, true))
          .isInstanceOfSatisfying(
              InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("sender_id"));
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "y, 8192, ASCII",
    "\u00e9, 4100, less than 8192 characters and more than 8 KiB",
    "y, 900000, a message with a picture"
  })
  @DisplayName("Of a meta of more than 8 KiB the name and the language are stored")
  void longMeta(String filler, int times, String why) {
    String meta =
        "{\"thumbnail\":\"%s\",\"pushName\":\"Ana\",\"language\":\"es-MX\",\"is_group\":%s}";
    String large = meta.formatted(filler.repeat(times), "false");
    assertThat(stored("ana", large)).isEqualTo("{\"name\":\"Ana\",\"language\":\"es\"}");
    assertThat(stored("eva", "{\"x\":\"" + filler.repeat(times) + "\"}")).isEqualTo("{}");
    world.gate().allow("sms", "default", "bob");
    assertThat(large(large, "bob")).isInstanceOf(Decision.Admit.class);
    assertThat(large(meta.formatted(filler.repeat(times), "true"), "bob"))
        .as("the signs in it are read")
        .isEqualTo(new Drop(DropReason.GROUP));
  }

  private Decision large(String meta, String sender) {
    return intake
        .receive(new InboundMessage("sms", null, sender, "hi", meta, null, true))
        .decision();
  }

  private String stored(String sender, String meta) {
    assertThat(large(meta, sender)).isInstanceOf(Decision.Challenge.class);
    return world.gate().request(new SenderKey("sms", "default", sender)).metaJson();
  }

  @Test
  @DisplayName("A meta of 8 KiB is stored as it is")
  void fittingMeta() {
    String meta = "{\"x\":\"" + "y".repeat(8192 - 8) + "\"}";
    assertThat(stored("ana", meta)).isEqualTo(meta);
  }

  @Test
  @DisplayName("A trimmed sender of more than 256 characters is refused")
  void longSender() {
    assertThatThrownBy(() -> receive("sms", null, "x".repeat(257), true))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageNotContaining("xxx");
    assertThat(receive("sms", null, " ".repeat(300) + "x".repeat(256), true).senderId())
        .hasSize(256);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "Whatsapp", "a b", "a.b", "\u00e4", "x23456789012345678901234567890123"})
  @DisplayName("An invalid channel is refused")
  void badChannel(String channel) {
    assertThatThrownBy(() -> receive(channel, null, "1", true))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("channel"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "a..b", ".a", "a.", "a b", "a*", ">", "\u00e4"})
  @DisplayName("An invalid account is refused")
  void badAccount(String account) {
    assertThatThrownBy(() -> receive("whatsapp", account, "1", true))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("account_id"));
  }
}
