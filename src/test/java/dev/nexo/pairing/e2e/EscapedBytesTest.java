package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Escaped bytes")
class EscapedBytesTest {

  @Test
  @DisplayName("Any bytes are the same after escaping and unescaping")
  void roundTrip() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        // A few different bytes produce long runs.
        for (int at = 0; at < bytes.length; at++) {
          bytes[at] = (byte) "\\{}:\r\nx".charAt(at * i / 200 % 7);
        }
      }
      assertThat(EscapedBytes.unescape(EscapedBytes.escape(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  @DisplayName("Line ends are visible, and repeated parts are written once")
  void shape() {
    String request = "GET / HTTP/1.1\r\n\r\n" + "ab".repeat(1_000) + "\u00ff";
    assertThat(EscapedBytes.escape(request.getBytes(ISO_8859_1)))
        .isEqualTo("GET / HTTP/1.1\\r\\n\\r\\n\\{1000:ab}\\xff");
  }
}
