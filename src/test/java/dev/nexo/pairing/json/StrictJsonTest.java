package dev.nexo.pairing.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nexo.pairing.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Strict JSON")
class StrictJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "[]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{\"a\":1}{",
        "{\"a\":1} x",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":tru}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "/* */{}",
        "/**/{}",
        "}",
        "{}}",
        "{} {}",
        "{\"a\":1}\u0000",
        "{\"a\":\"\n\"}",
        "\uFEFF",
        "\uFEFF\uFEFF{}",
        "{}\uFEFF",
        "{\uFEFF\"a\":1}"
      })
  @DisplayName("Anything but one strict JSON object is refused")
  void notStrict(String json) {
    assertThat(refusal(json.getBytes(StandardCharsets.UTF_8))).contains("Invalid JSON: ");
  }

  @Test
  @DisplayName("A byte order mark before the object is ignored")
  void byteOrderMark() {
    String json = "\uFEFF {\"a\":\"\uFEFFb\"}";
    assertThat(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)).getString("a"))
        .isEqualTo("\uFEFFb");
    assertThat(StrictJson.find(json.getBytes(StandardCharsets.UTF_8), 2)).isPresent();
    assertThat(StrictJson.find(json, 2)).isPresent();
  }

  @Test
  @DisplayName("Bytes that are not UTF-8 are refused")
  void notUtf8() {
    assertThat(refusal("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1))).contains("UTF-8");
    assertThat(refusal("{}".getBytes(StandardCharsets.UTF_16))).contains("Invalid JSON: ");
  }

  @Test
  @DisplayName("Nesting is limited to 32 levels")
  void depthLimit() {
    String fits = "{\"a\":".repeat(32) + "1" + "}".repeat(32);
    assertThat(StrictJson.parse(fits.getBytes(StandardCharsets.UTF_8))).hasSize(1);
    String deep = "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}";
    assertThat(refusal(deep.getBytes(StandardCharsets.UTF_8))).contains("32 levels");
    String bottomless = "{\"a\":" + "[".repeat(500_000);
    assertThat(refusal(bottomless.getBytes(StandardCharsets.UTF_8))).contains("32 levels");
  }

  @Test
  @DisplayName("Huge numbers cost no time")
  void hugeNumbers() {
    assertThat(StrictJson.parse("{\"a\":1e999999999}".getBytes(StandardCharsets.UTF_8)).toString())
        .contains("999999999");
    String long1 = "{\"a\":" + "9".repeat(100_000) + "}";
    assertThat(refusal(long1.getBytes(StandardCharsets.UTF_8))).contains("Invalid JSON: ");
  }

  @Test
  @DisplayName("Bus messages may be deeper, and endless nesting is harmless")
  void depthOnTheBus() {
    byte[] deep = ("{\"a\":".repeat(500) + "1" + "}".repeat(500)).getBytes(StandardCharsets.UTF_8);
    assertThat(StrictJson.find(deep, 512)).isPresent();
    assertThat(StrictJson.find(deep, 499)).isEmpty();
    byte[] endless = "{\"a\":".repeat(150_000).getBytes(StandardCharsets.UTF_8);
    assertThat(StrictJson.find(endless, 512)).isEmpty();
  }

  private static String refusal(byte[] json) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> StrictJson.parse(json));
    assertThat(refused).isNotNull();
    assertThat(refused.problem().type().status()).isEqualTo(400);
    return refused.problem().detail();
  }
}
