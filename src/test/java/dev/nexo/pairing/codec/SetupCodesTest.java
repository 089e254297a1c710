package dev.nexo.pairing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SetupCode;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Setup codes")
class SetupCodesTest {

  private static final JsonObject VECTORS = (JsonObject) Vectors.json("setup-codes.json");
  private static final Instant LATER = Instant.parse("2099-12-31T23:59:59Z");
  private static final String FIELDS =
      "\"url\":\"wss://x/pair\",\"bootstrap_token\":\"SECRETa.b\","
          + "\"expires_at\":\"2099-12-31T23:59:59Z\"";

  private static String b64u(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<Arguments> vectors() {
    return VECTORS.getJsonArray("codes").getValuesAs(JsonObject.class).stream()
        .map(
            row -> {
              JsonObject decoded = row.getJsonObject("decoded");
              return arguments(
                  row.getString("payload"),
                  new SetupCode(
                      decoded.getString("url"),
                      new BootstrapToken(decoded.getString("bootstrap_token")),
                      Instant.parse(decoded.getString("expires_at"))));
            });
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("Every vector is decoded and encoded byte for byte")
  void readsVectors(String payload, SetupCode code) {
    assertThat(SetupCodes.decode(payload)).isEqualTo(code);
    assertThat(SetupCodes.encode(code)).isEqualTo(payload);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("White space around a setup code is ignored")
  void whiteSpace(String payload, SetupCode code) {
    assertThat(SetupCodes.decode(" \r\n\t" + payload + "\u2003\n")).isEqualTo(code);
  }

  @Test
  @DisplayName("Unknown members are skipped")
  void unknownMembers() {
    assertThat(SetupCodes.decode(b64u("{\"v\":[1,{\"a\":null}]," + FIELDS + ",\"w\":true}")))
        .isEqualTo(new SetupCode("wss://x/pair", new BootstrapToken("SECRETa.b"), LATER));
  }

  static Stream<Arguments> malformed() {
    Stream<Arguments> vectors =
        VECTORS.getJsonArray("malformed").getValuesAs(JsonString.class).stream()
            .map(text -> arguments(text.getString(), "a vector"));
    return Stream.concat(
        vectors,
        Stream.of(
            arguments(null, "nothing at all"),
            arguments(" ", "white space alone"),
            arguments("{" + FIELDS + "}", "JSON as it is"),
            arguments(b64u("{" + FIELDS + "}") + "=", "padding, or one character too many"),
            arguments(insert(b64u("{" + FIELDS + "}"), "\n"), "a line end inside"),
            arguments(b64u("{" + FIELDS + "} x"), "more behind the object"),
            arguments(b64u("[{" + FIELDS + "}]"), "an array"),
            arguments(b64u("{" + FIELDS + ",\"url\":\"wss://y\"}"), "a member twice"),
            arguments(b64u("{" + FIELDS.replace("wss://x/pair", " ") + "}"), "a blank URL"),
            arguments(b64u("{" + FIELDS.replace("\"SECRETa.b\"", "7") + "}"), "a token of digits"),
            arguments(b64u("{" + FIELDS.replace("\"SECRETa.b\"", "null") + "}"), "a null token"),
            arguments(b64u("{" + FIELDS.replace("2099", "soon") + "}"), "an expiry that is none"),
            arguments(
                b64u("{" + FIELDS + ",\"x\":\"" + "SECRET".repeat(2_048) + "\"}"),
                "more than 16 KiB")));
  }

  private static String insert(String text, String what) {
    return text.substring(0, 8) + what + text.substring(8);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("malformed")
  @DisplayName("A malformed code is refused, and the message does not repeat it")
  void malformedCode(String payload, String why) {
    InvalidValueException fault =
        catchThrowableOfType(InvalidValueException.class, () -> SetupCodes.decode(payload));

    assertThat(fault).as(why).isNotNull();
    assertThat(fault.field()).isEqualTo("payload");
    assertThat(fault).hasNoCause();
    if (payload != null && payload.length() > 4) {
      assertThat(fault.getMessage()).doesNotContain(payload).doesNotContain("SECRET");
    }
  }

  @Test
  @DisplayName("A code of exactly the maximum length is decoded")
  void lengthLimit() {
    String payload = SetupCodes.encode(new SetupCode("wss://x", new BootstrapToken("t"), LATER));
    String spaces = " ".repeat(SetupCodes.MAX_LENGTH - payload.length());

    assertThat(SetupCodes.decode(spaces + payload).url()).isEqualTo("wss://x");
    assertThatThrownBy(() -> SetupCodes.decode(" " + spaces + payload))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("16384");
  }

  static Stream<Arguments> unwritable() {
    BootstrapToken token = new BootstrapToken("a.b");
    return Stream.of(
        arguments("url", new SetupCode("wss://\ud800", token, LATER), "half a surrogate pair"),
        arguments("url", new SetupCode(null, token, LATER), "no URL"),
        arguments(
            "expires_at",
            new SetupCode("wss://x", token, Instant.parse("+10000-01-01T00:00:00Z")),
            "a year of five digits"),
        arguments("expires_at", new SetupCode("wss://x", token, null), "no expiry"),
        arguments(
            "payload",
            new SetupCode("wss://" + "x".repeat(16_384), token, LATER),
            "more than could be read again"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("unwritable")
  @DisplayName("A code that could not be decoded again is not encoded")
  void unencodable(String field, SetupCode code, String why) {
    assertThatThrownBy(() -> SetupCodes.encode(code))
        .as(why)
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  @DisplayName("The string representation has no token")
  void redacted() {
    assertThat(SetupCodes.decode(b64u("{" + FIELDS + "}")).toString())
        .contains("[redacted]")
        .doesNotContain("SECRET");
  }
}
