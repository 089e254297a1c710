package dev.nexo.pairing.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BrokerState;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.spi.SenderVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Brokered adapter")
class BrokeredAdapterTest {

  /** A broker whose other side answers as the test says. */
  private static final class Plugin implements Broker {
    private final List<String> asked = new ArrayList<>();
    private final List<Duration> timeouts = new ArrayList<>();
    private byte[] answer = bytes("{}");
    private boolean silent;

    @Override
    public byte[] request(String subject, Function<String, byte[]> question, Duration timeout) {
      asked.add(subject + " " + new String(question.apply("_INBOX.1"), UTF_8));
      timeouts.add(timeout);
      if (silent) {
        throw new DeliveryException("silence", null);
      }
      return answer;
    }

    @Override
    public void publish(BusMessage message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void pass(BusMessage message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void subscribe(String subject, Consumer<BusMessage> handler, LongConsumer lost) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BrokerState state() {
      return BrokerState.CONNECTED;
    }

    @Override
    public long connections() {
      return 1;
    }

    @Override
    public boolean hasAudience() {
      return true;
    }

    @Override
    public void onConnected(Runnable listener) {
      throw new UnsupportedOperationException();
    }
  }

  private final Plugin plugin = new Plugin();
  private final BrokeredAdapter adapter =
      new BrokeredAdapter("signal", new AdapterRpc(plugin, () -> "an-id", "plugins.signal"));

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private void answers(String payload) {
    plugin.answer =
        bytes("{\"id\":\"x\",\"topic\":\"t\",\"reply_to\":null,\"payload\":" + payload + "}");
  }

  @Test
  @DisplayName("The request that normalizes a sender has the specified form")
  void normalizeRequest() {
    answers("{\"normalized\":\"+1\"}");
    assertThat(adapter.normalizeSender("tel:1")).contains("+1");
    assertThat(plugin.asked)
        .containsExactly(
            "plugins.signal.pairing.normalize_sender "
                + "{\"id\":\"an-id\",\"topic\":\"plugins.signal.pairing.normalize_sender\","
                + "\"reply_to\":\"_INBOX.1\",\"payload\":{\"raw\":\"tel:1\"}}");
    assertThat(plugin.timeouts).containsExactly(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({
    "-100123, -100123, GROUP",
    "group/5, -100123, GROUP",
    "-100123, g100123, GROUP",
    "tel:1, +1, PERSON"
  })
  @DisplayName("A negative number is a group, though the plugin normalizes it")
  void negativeNumber(String raw, String normalized, SenderVerdict.Kind kind) {
    answers("{\"normalized\":\"" + normalized + "\"}");
    AdapterRegistry registry =
        new AdapterRegistry(List.of(new AdapterRegistry.Found("test", adapter)), null);
    SenderVerdict verdict = registry.assess("signal", raw);
    assertThat(verdict.kind()).isEqualTo(kind);
    assertThat(verdict.accepted()).contains(normalized);
  }

  @Test
  @DisplayName("Answers are cached and failures are not")
  void cachesAnswers() {
    plugin.silent = true;
    assertThatThrownBy(() -> adapter.normalizeSender("a"))
        .isInstanceOf(AdapterUnavailableException.class);
    plugin.silent = false;
    answers("{\"normalized\":null}");
    assertThat(adapter.normalizeSender("a")).isEmpty();
    plugin.silent = true;
    assertThat(adapter.normalizeSender("a")).isEmpty();
    assertThat(plugin.asked).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{}",
        "{\"payload\":null}",
        "{\"payload\":[]}",
        "{\"payload\":{}}",
        "{\"payload\":{\"normalized\":1}}",
        "{\"payload\":{\"normalized\":{\"deep\":true}}}",
        "{\"normalized\":\"+1\"}",
        "{\"payload\":{\"normalized\":\"+1\"}} trailing",
      })
  @DisplayName("A malformed answer is treated as no answer")
  void malformedAnswer(String answer) {
    plugin.answer = bytes(answer);
    assertThatThrownBy(() -> adapter.normalizeSender("a"))
        .isInstanceOf(AdapterUnavailableException.class);
    assertThatThrownBy(() -> adapter.sendReply(new Reply("id", "default", "to", "text")))
        .isInstanceOf(DeliveryException.class);
  }

  @Test
  @DisplayName("A huge, deeply nested or non-UTF-8 answer is treated as no answer")
  void hostileAnswer() {
    List<byte[]> hostile =
        List.of(
            bytes("{\"payload\":{\"normalized\":\"" + "x".repeat(65_536) + "\"}}"),
            bytes("[".repeat(60_000)),
            bytes("{\"payload\":" + "{\"a\":".repeat(10_000)),
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            new byte[0]);
    for (byte[] answer : hostile) {
      plugin.answer = answer;
      assertThatThrownBy(() -> adapter.normalizeSender("a"))
          .isInstanceOf(AdapterUnavailableException.class);
    }
  }

  @Test
  @DisplayName("The request that sends a reply carries the reply's id")
  void replyRequest() {
    answers("{\"ok\":true}");
    adapter.sendReply(new Reply("entry-id", "default", "+1", "hello"));
    assertThat(plugin.asked)
        .containsExactly(
            "plugins.signal.pairing.send_reply "
                + "{\"id\":\"entry-id\",\"topic\":\"plugins.signal.pairing.send_reply\","
                + "\"reply_to\":\"_INBOX.1\",\"payload\":"
                + "{\"account\":\"default\",\"to\":\"+1\",\"text\":\"hello\"}}");
    assertThat(plugin.timeouts).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  @DisplayName("The request that sends a QR image carries it as Base64")
  void qrRequest() {
    answers("{\"ok\":true}");
    adapter.sendQrImage("default", "+1", new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(plugin.asked.get(0))
        .startsWith("plugins.signal.pairing.send_qr_image ")
        .contains("\"payload\":{\"account\":\"default\",\"to\":\"+1\",\"png_base64\":\"//4A\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"ok\":false,\"error\":\"ABCD2345\"}", "{\"ok\":\"true\"}", "{\"ok\":1}"})
  @DisplayName("An answer other than ok is a failure, and its text is not repeated")
  void notOk(String payload) {
    answers(payload);
    assertThatThrownBy(() -> adapter.sendReply(new Reply("id", "default", "to", "ABCD2345")))
        .isInstanceOf(DeliveryException.class)
        .hasMessageNotContaining("ABCD2345");
  }
}
