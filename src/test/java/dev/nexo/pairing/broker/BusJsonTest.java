package dev.nexo.pairing.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusJsonTest {

  private final BusJson json = new BusJson();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anObjectIsRead() {
    assertThat(json.object(utf8(" {\"a\":{\"b\":[1,null,\"é\"]}} \n")).orElseThrow().toString())
        .isEqualTo("{\"a\":{\"b\":[1,null,\"é\"]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "\"a\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "{}}",
        "{} {}",
        "{}x",
        "{\"a\":1}\u0000",
        "\ufeff{}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1,\"a\":2}",
        "{\"o\":{\"a\":1,\"a\":2}}",
        "/**/{}"
      })
  void anythingElseIsNot(String text) {
    assertThat(json.object(utf8(text))).isEmpty();
  }

  @Test
  void bytesThatAreNoUtf8AreNot() {
    assertThat(json.object(new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}))
        .isEmpty();
    assertThat(json.object("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE))).isEmpty();
  }

  @Test
  void depthWithoutAnEndDoesNoHarm() {
    assertThat(json.object(utf8("{\"a\":".repeat(150_000)))).isEmpty();
    assertThat(json.object(utf8("{\"a\":" + "[".repeat(500_000)))).isEmpty();
    assertThat(json.object(utf8("{\"a\":" + "[".repeat(500_000) + "]".repeat(500_000) + "}")))
        .isEmpty();
  }
}
