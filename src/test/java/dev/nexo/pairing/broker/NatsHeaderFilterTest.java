package dev.nexo.pairing.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("NATS header filter")
class NatsHeaderFilterTest {

  private final List<String> removed = new ArrayList<>();

  private String filtered(byte[] bytes, int step) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    NatsHeaderFilter filter =
        new NatsHeaderFilter(
            (dst, off, len) -> in.read(dst, off, Math.min(len, step)), removed::add);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[step];
    int count;
    while ((count = filter.read(buffer, 0, step)) >= 0) {
      assertThat(count).isPositive();
      out.write(buffer, 0, count);
    }
    return out.toString(ISO_8859_1);
  }

  private static String message(String start, String head, String body) {
    int size = head.getBytes(UTF_8).length;
    return "%s %d %d\r\n%s%s\r\n"
        .formatted(start, size, size + body.getBytes(UTF_8).length, head, body);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100_000})
  @DisplayName("Removes the invalid headers, whatever the sizes of the reads")
  void removes(int step) throws IOException {
    String body = "{\"text\":\"H\u00e9MSG a 1 2\r\n\"}";
    String first = message("HMSG s 1 r", "NATS/1.0\r\nA: b\r\nB: \u00e9\r\n\r\n", body);
    String second = message("HMSG s 12", "NATS/1.0\r\nX Y: z\r\n\r\n", body);
    String same =
        "INFO {\"a\":\"\u00e9\"}\r\nPING\r\n+OK\r\nMSG s 1 r 4\r\n\r\n\r\n\r\nMSG s 1 0\r\n\r\n"
            + message("HMSG s 1", "NATS/1.0\r\nA:\r\nA:  b \r\n\r\n", body)
            + message("HMSG s 1", "NATS/1.0 503\r\n\r\n", "");
    String expected =
        same
            + message("HMSG s 1 r", "NATS/1.0\r\nA: b\r\n\r\n", body)
            + "MSG s 12 "
            + body.getBytes(UTF_8).length
            + "\r\n"
            + body
            + "\r\nPONG\r\n";
    String actual = filtered((same + first + second + "PONG\r\n").getBytes(UTF_8), step);
    assertThat(new String(actual.getBytes(ISO_8859_1), UTF_8)).isEqualTo(expected);
    assertThat(removed).containsExactly("s", "s");
  }

  @ParameterizedTest
  @CsvSource({
    "'HMSG s 1 9 8', longer than the message",
    "'HMSG s 1 x 8', malformed",
    "'HMSG s 1 8', malformed",
    "'HMSG s 1 1 9999999999', malformed",
    "'MSG s 1 -1', malformed",
    "'MSG s', malformed",
    "'HMSG s 1 9 9', closed"
  })
  @DisplayName("A line that is not NATS's protocol ends the connection")
  void malformed(String line, String message) {
    assertThatThrownBy(() -> filtered((line + "\r\nNATS").getBytes(UTF_8), 100))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  @DisplayName("A line without an end is not read for ever")
  void endless() {
    assertThatThrownBy(() -> filtered("x".repeat(2 << 20).getBytes(UTF_8), 10_000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1048576");
  }
}
