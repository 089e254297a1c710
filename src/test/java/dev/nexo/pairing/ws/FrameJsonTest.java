package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Frame JSON")
class FrameJsonTest {

  @Test
  @DisplayName("An object is read with strings, booleans and nested objects")
  void reads() {
    JsonObject frame = FrameJson.read(" {\"s\":\"\\u00e9\",\"n\":1e999999999,\"z\":null} \n");
    assertThat(FrameJson.string(frame, "s")).isEqualTo("é");
    assertThatThrownBy(() -> FrameJson.string(frame, "n")).hasMessage("n must be a string");
    for (String missing : new String[] {"z", "y"}) {
      assertThatThrownBy(() -> FrameJson.string(frame, missing))
          .isInstanceOf(FrameJson.MalformedFrameException.class)
          .hasMessage(missing + " is required");
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``                       | nothing",
        "`  `                     | blanks",
        "null                     | a literal",
        "1                        | a number",
        "\"a\"                    | a string",
        "[{}]                     | an array",
        "{                        | no end",
        "{\"a\"                   | no value",
        "{\"a\":[                 | an open array",
        "{}}                      | too many ends",
        "{} {}                    | two objects",
        "{}x                      | text behind",
        "{'a':1}                  | single quotes",
        "{a:1}                    | no quotes",
        "{\"a\":1,}               | a comma too many",
        "{\"a\":01}               | a leading zero",
        "{\"a\":NaN}              | no number",
        "{\"a\":\"\\x\"}          | an unknown escape",
        "/**/{}                   | a comment",
        "{\"a\":1,\"a\":1}        | a key twice",
        "{\"o\":{\"a\":1,\"a\":2}}| a key twice inside",
        "{\"o\":[{\"a\":1,\"a\":2}]}| a key twice in an array"
      })
  @DisplayName("Anything else is malformed, and the message does not repeat it")
  void malformedFrame(String text, String why) {
    assertThatThrownBy(() -> FrameJson.read(text))
        .as(why)
        .isInstanceOf(FrameJson.MalformedFrameException.class)
        .hasMessageMatching("[A-Za-z0-9, ]+");
  }

  @Test
  @DisplayName("Nesting is limited, and deep nesting is harmless")
  void depthLimit() {
    String deepest = "{\"a\":".repeat(FrameJson.MAX_DEPTH) + "1" + "}".repeat(FrameJson.MAX_DEPTH);
    assertThat(FrameJson.read(deepest)).containsOnlyKeys("a");
    for (String bomb :
        new String[] {
          "{\"a\":" + deepest + "}",
          "{\"a\":".repeat(13_000),
          "{\"a\":" + "[".repeat(60_000),
          "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}"
        }) {
      assertThatThrownBy(() -> FrameJson.read(bomb))
          .isInstanceOf(FrameJson.MalformedFrameException.class);
    }
  }

  @Test
  @DisplayName("Written strings are escaped")
  void writes() {
    assertThat(FrameJson.write("error", "a \"b\"")).isEqualTo("{\"error\":\"a \\\"b\\\"\"}");
  }
}
