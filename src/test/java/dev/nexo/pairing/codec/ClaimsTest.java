package dev.nexo.pairing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is signed; how it is read, {@link BootstrapTokensTest} shows. */
@DisplayName("Claims")
class ClaimsTest {

  private static final Instant LATER = Instant.parse("2026-11-22T20:45:14.123456789Z");
  private static final String NONCE = "ca62170a96b7b2da987f8fef2c32eeb6";
  private static final SigningKey KEY = new SigningKey(new byte[SigningKey.LENGTH]);

  private static String written(String profile, Instant expiresAt, String nonce, String label) {
    return new String(Claims.write(profile, expiresAt, nonce, label), StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("Claims are written in the specified order")
  void order() {
    assertThat(written("companion-v1", LATER, NONCE, "phone"))
        .isEqualTo(
            "{\"profile\":\"companion-v1\",\"expires_at\":\"2026-11-22T20:45:14.123456789Z\","
                + "\"nonce\":\"ca62170a96b7b2da987f8fef2c32eeb6\",\"device_label\":\"phone\"}");
    assertThat(written("companion-v1", LATER, NONCE, null)).endsWith("eeb6\"}");
  }

  @Test
  @DisplayName("Only characters that JSON requires are escaped")
  void escaping() {
    assertThat(written("p", LATER, NONCE, "\"\\/\b\f\n\r\t\u0001\u001fé📱"))
        .endsWith("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001fé📱\"}");
  }

  static Stream<Arguments> unsignable() {
    return Stream.of(
        arguments("profile", null, LATER, NONCE, "x", "no profile"),
        arguments("profile", "\udc00", LATER, NONCE, "x", "half a pair in the profile"),
        arguments("expires_at", "p", null, NONCE, "x", "no expiry"),
        arguments("expires_at", "p", Instant.MAX, NONCE, "x", "an expiry too far"),
        arguments("nonce", "p", LATER, null, "x", "no nonce"),
        arguments("nonce", "p", LATER, "", "x", "an empty nonce"),
        arguments("nonce", "p", LATER, "0".repeat(129), "x", "a long nonce"),
        arguments("nonce", "p", LATER, "\ud800", "x", "half a pair in the nonce"),
        arguments("device_label", "p", LATER, NONCE, "a\ud83d", "half a pair at the end"),
        arguments("device_label", "p", LATER, NONCE, "\"\udcf1a", "half a pair behind an escape"),
        arguments("bootstrap_token", "p", LATER, NONCE, "x".repeat(3_000), "far too much"));
  }

  @ParameterizedTest(name = "{5}")
  @MethodSource("unsignable")
  @DisplayName("Claims that could not be verified are not signed")
  void unsignableClaims(
      String field, String profile, Instant expiresAt, String nonce, String label, String why) {
    assertThatThrownBy(() -> BootstrapTokens.sign(KEY, profile, expiresAt, nonce, label))
        .as(why)
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
  }
}
