package dev.nexo.pairing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Flat JSON")
class FlatJsonTest {

  private static FlatJson read(String json) throws MalformedValueException {
    return FlatJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<Arguments> strings() {
    return Stream.of(
        arguments("", "", "an empty one"),
        arguments("é 世界 📱", "é 世界 📱", "characters as they are"),
        arguments("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t", "the short escapes"),
        arguments("a\\u0041\\u00e9\\u00E9z", "aAééz", "escapes in either case"),
        arguments("\\ud83d\\udcf1", "📱", "an escaped pair"),
        arguments("📱\\ud83d\\udcf1📱", "📱📱📱", "pairs of both kinds"),
        arguments("\\u0000", "\0", "an escaped NUL"),
        arguments("\u007f\u0085\u2028\ufeff", "\u007f\u0085\u2028\ufeff", "what JSON lets stand"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("strings")
  @DisplayName("Strings and names are unescaped")
  void stringValues(String json, String text, String what) throws Exception {
    assertThat(read("{\"a\":\"" + json + "\"}").text("a")).as(what).isEqualTo(text);
    assertThat(read("{\"" + json + "\":\"x\"}").text(text)).as(what).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "12",
        "1.50",
        "-1e5",
        "1E+5",
        "0.1e-9",
        "true",
        "false",
        "[]",
        "{}",
        "[1,[2,{}]]",
        " [ 1 , 2 ] ",
        "{\"a\":{\"a\":\"x\"},\"b\":[null,true,false]}",
        "123456789012345678901234567890"
      })
  @DisplayName("Values other than strings are skipped and are not strings")
  void otherValues(String value) throws Exception {
    FlatJson json = read("{\"x\":" + value + ",\"a\":\"text\"}");

    assertThat(json.text("a")).isEqualTo("text");
    assertThatThrownBy(() -> json.text("x")).isInstanceOf(MalformedValueException.class);
    assertThatThrownBy(() -> json.textOrNull("x")).isInstanceOf(MalformedValueException.class);
  }

  @Test
  @DisplayName("A missing member and a null are absent")
  void missing() throws Exception {
    FlatJson json = read("\t{ \"a\" :\r\n null } ");

    assertThat(json.textOrNull("a")).isNull();
    assertThat(json.textOrNull("b")).isNull();
    assertThatThrownBy(() -> json.text("a")).hasMessage("a is missing");
    assertThatThrownBy(() -> json.text("b")).hasMessage("b is missing");
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("", "nothing"),
        arguments(" ", "white space alone"),
        arguments("null", "null"),
        arguments("\"a\"", "a string"),
        arguments("1", "a number"),
        arguments("[]", "an array"),
        arguments("[{}]", "an object in an array"),
        arguments("{", "no end"),
        arguments("}", "an end alone"),
        arguments("{}}", "an end too many"),
        arguments("{}{}", "two objects"),
        arguments("{} x", "a character behind it"),
        arguments("{}\u0000", "a NUL behind it"),
        arguments("{}\u00a0", "a blank behind it that JSON does not know"),
        arguments("\ufeff{}", "a byte order mark"),
        arguments("{,}", "a comma alone"),
        arguments("{\"a\"}", "a name alone"),
        arguments("{\"a\":}", "no value"),
        arguments("{\"a\" \"b\"}", "no colon"),
        arguments("{\"a\":1 \"b\":2}", "no comma"),
        arguments("{\"a\":1,}", "a comma at the end"),
        arguments("{\"a\":[1,]}", "a comma at the end of an array"),
        arguments("{\"a\":[1 2]}", "no comma in an array"),
        arguments("{\"a\":[1}", "an array without an end"),
        arguments("{\"a\":[}]", "ends the wrong way round"),
        arguments("{a:1}", "a name without quotation marks"),
        arguments("{'a':1}", "the wrong quotation marks"),
        arguments("{1:1}", "a number for a name"),
        arguments("{null:1}", "null for a name"),
        arguments("{\"a\":1,\"a\":1}", "a member twice"),
        arguments("{\"a\":null,\"a\":null}", "a null member twice"),
        arguments("{\"a\":1,\"\\u0061\":1}", "a member twice, once in disguise"),
        arguments("{\"o\":{\"a\":1,\"a\":1}}", "a member twice inside"),
        arguments("{\"o\":[{\"a\":1,\"a\":1}]}", "a member twice far inside"),
        arguments("/**/{}", "a comment"),
        arguments("{\"a\":\"b", "a string without an end"),
        arguments("{\"a\":\"b\\", "an escape without an end"),
        arguments("{\"a\":\"b\\\"}", "a string whose end is escaped"),
        arguments("{\"a\":\"\n\"}", "a line end in a string"),
        arguments("{\"a\":\"\u0000\"}", "a NUL in a string"),
        arguments("{\"a\":\"\\n\u001f\"}", "a control character behind an escape"),
        arguments("{\"a\n\":1}", "a line end in a name"),
        arguments("{\"a\":\"\\x41\"}", "an escape JSON does not know"),
        arguments("{\"a\":\"\\U0041\"}", "an escape in upper case"),
        arguments("{\"a\":\"\\u004\"}", "an escape of three digits"),
        arguments("{\"a\":\"\\u004g\"}", "an escape with a letter"),
        arguments("{\"a\":\"\\u+041\"}", "an escape with a sign"),
        arguments("{\"a\":\"\\u\uff10\uff10\uff14\uff11\"}", "an escape in full-width digits"),
        arguments("{\"a\":\"\\ud83d\"}", "the first half of a pair"),
        arguments("{\"a\":\"\\udcf1\"}", "the second half of a pair"),
        arguments("{\"a\":\"\\udcf1\\ud83d\"}", "a pair the wrong way round"),
        arguments("{\"a\":\"\\ud83d\\ud83d\"}", "the first half twice"),
        arguments("{\"a\":\"\\ud83d\\u0041\"}", "the first half and a letter"),
        arguments("{\"a\":\"\\ud83dx\"}", "the first half and a letter as it is"),
        arguments("{\"a\":\"\\ud83d📱\"}", "the first half and a pair"),
        arguments("{\"a\":\"\\ud83d\\n\"}", "the first half and another escape"),
        arguments("{\"a\":01}", "a 0 in front"),
        arguments("{\"a\":-}", "a sign alone"),
        arguments("{\"a\":--1}", "two signs"),
        arguments("{\"a\":+1}", "a plus"),
        arguments("{\"a\":1.}", "a fraction without digits"),
        arguments("{\"a\":.5}", "a fraction alone"),
        arguments("{\"a\":1e}", "an exponent without digits"),
        arguments("{\"a\":1e+-5}", "an exponent with two signs"),
        arguments("{\"a\":0x10}", "hexadecimal"),
        arguments("{\"a\":\u0661}", "an Arabic digit"),
        arguments("{\"a\":NaN}", "no number"),
        arguments("{\"a\":True}", "a word in upper case"),
        arguments("{\"a\":tru}", "a word cut short"),
        arguments("{\"a\":nulll}", "a word too long"),
        arguments("{\"a\":\u0000}", "a NUL for a value"),
        arguments("{\u000b\"a\":1}", "a vertical tab"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("malformed")
  @DisplayName("Anything else is malformed")
  void malformedJson(String json, String why) {
    assertThatThrownBy(() -> read(json)).as(why).isInstanceOf(MalformedValueException.class);
  }

  static Stream<Arguments> bytes() {
    return Stream.of(
        arguments("7b2261223a22ff227d", "a byte that UTF-8 has not"),
        arguments("7b2261223a22c3227d", "half a character"),
        arguments("7b2261223a22c080227d", "a NUL in two bytes"),
        arguments("7b2261223a22c1a1227d", "a letter in two bytes"),
        arguments("7b2261223a22e08080227d", "a NUL in three bytes"),
        arguments("7b2261223a22eda0bd227d", "half a surrogate pair"),
        arguments("7b2261223a22eda0bdedb3b1227d", "a surrogate pair"),
        arguments("7b2261223a22f4908080227d", "a character beyond Unicode"),
        arguments("7b2261223a22f888808080227d", "five bytes"),
        arguments("7b006100", "UTF-16"),
        arguments("7b2261223a2262227dc3", "half a character at the end"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bytes")
  @DisplayName("Bytes that are not UTF-8 are malformed")
  void notUtf8(String hex, String why) {
    assertThatThrownBy(() -> FlatJson.read(HexFormat.of().parseHex(hex)))
        .as(why)
        .isInstanceOf(MalformedValueException.class);
  }

  @Test
  @DisplayName("A replacement character in the input is accepted")
  void replacementCharacter() throws Exception {
    assertThat(read("{\"a\":\"\ufffd\"}").text("a")).isEqualTo("\ufffd");
  }

  @Test
  @DisplayName("Nesting up to the limit is accepted")
  void depthLimit() throws Exception {
    int inside = FlatJson.MAX_DEPTH - 1;
    assertThat(read("{\"x\":" + nested("[", inside, "]") + "}")).isNotNull();
    assertThat(read("{\"x\":" + nested("{\"a\":", inside, "}") + "}")).isNotNull();
    assertThatThrownBy(() -> read("{\"x\":" + nested("[", inside + 1, "]") + "}"))
        .hasMessage("JSON nested too deeply");
    assertThatThrownBy(() -> read("{\"x\":" + nested("{\"a\":", inside + 1, "}") + "}"))
        .hasMessage("JSON nested too deeply");
  }

  private static String nested(String open, int depth, String close) {
    return open.repeat(depth) + "1" + close.repeat(depth);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[[],", "{\"a\":["})
  @DisplayName("Endless nesting is malformed and harmless")
  void endlessDepth(String open) {
    assertThatThrownBy(() -> read("{\"x\":" + open.repeat(500_000)))
        .isInstanceOf(MalformedValueException.class);
  }
}
