package dev.nexo.pairing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.TokenCheck.Refused;
import dev.nexo.pairing.companion.TokenCheck.Valid;
import dev.nexo.pairing.companion.TokenRejection;
import dev.nexo.pairing.companion.VerifiedClaims;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Bootstrap tokens")
class BootstrapTokensTest {

  private static final Instant NOW = Instant.parse("2026-11-22T20:44:14.123456789Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final String NONCE = "ca62170a96b7b2da987f8fef2c32eeb6";
  private static final SigningKey KEY = key(1);
  private static final SigningKey OTHER = key(2);

  private static SigningKey key(int fill) {
    byte[] bytes = new byte[SigningKey.LENGTH];
    Arrays.fill(bytes, (byte) fill);
    return new SigningKey(bytes);
  }

  private static String b64u(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Claims of any form, signed as they should be. */
  private static BootstrapToken signed(String claims) {
    byte[] bytes = claims.getBytes(StandardCharsets.UTF_8);
    return new BootstrapToken(b64u(bytes) + "." + b64u(KEY.mac(bytes)));
  }

  private static BootstrapToken token() {
    return BootstrapTokens.sign(KEY, "companion-v1", LATER, NONCE, null);
  }

  static Stream<Arguments> labels() {
    return Stream.of(
        arguments(null, "none"),
        arguments("", "an empty one"),
        arguments("Ana's \"phone\" \\ 2", "quotation marks and a backslash"),
        arguments("móvil 📱 世界 مرحبا", "other scripts"),
        arguments("\u0000\u001f\u007f\u0085\u2028\u202e\ufeff\uffff", "control characters"),
        arguments("👩‍👩‍👧‍👦🏳️‍🌈", "composed characters"),
        arguments("x".repeat(2_000), "a very long one"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("labels")
  @DisplayName("A signed token is verified, and its claims are read")
  void roundTrip(String label, String what) {
    BootstrapToken token = BootstrapTokens.sign(KEY, "companion-v1", LATER, NONCE, label);

    assertThat(BootstrapTokens.verify(token, List.of(KEY), NOW))
        .isEqualTo(new Valid(new VerifiedClaims("companion-v1", LATER, NONCE, label)));
    assertThat(BootstrapTokens.expiresAt(token)).isEqualTo(LATER);
    assertThat(BootstrapTokens.deviceLabel(token).orElse(null)).isEqualTo(label);
  }

  @Test
  @DisplayName("A token is valid if any of the keys signed it")
  void severalKeys() {
    assertThat(BootstrapTokens.verify(token(), List.of(OTHER, KEY), NOW)).isInstanceOf(Valid.class);
    assertThat(BootstrapTokens.verify(token(), List.of(KEY, OTHER), NOW)).isInstanceOf(Valid.class);
    assertThat(BootstrapTokens.verify(token(), List.of(OTHER), NOW))
        .isEqualTo(new Refused(TokenRejection.INVALID_SIGNATURE));
    assertThat(BootstrapTokens.verify(token(), List.of(), NOW))
        .isEqualTo(new Refused(TokenRejection.INVALID_SIGNATURE));
  }

  @Test
  @DisplayName("A token expires at exactly the instant that it names")
  void expiry() {
    assertThat(BootstrapTokens.verify(token(), List.of(KEY), LATER.minusNanos(1)))
        .isInstanceOf(Valid.class);
    assertThat(BootstrapTokens.verify(token(), List.of(KEY), LATER))
        .isEqualTo(
            new Refused(
                TokenRejection.EXPIRED, new VerifiedClaims("companion-v1", LATER, NONCE, null)));
  }

  @Test
  @DisplayName("Only the refusal of an expired token carries its claims")
  void claimsOfRefused() {
    VerifiedClaims claims = new VerifiedClaims("companion-v1", LATER, NONCE, null);
    for (TokenRejection fault : TokenRejection.values()) {
      boolean expired = fault == TokenRejection.EXPIRED;
      assertThatThrownBy(() -> new Refused(fault, expired ? null : claims))
          .as(fault.wireName())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new Refused(TokenRejection.EXPIRED, claims).toString()).doesNotContain(NONCE);
  }

  @Test
  @DisplayName("The signature is checked first, then the claims, then the expiry")
  void orderOfChecks() {
    String unreadable = b64u("nonsense".getBytes(StandardCharsets.UTF_8));
    assertThat(BootstrapTokens.verify(new BootstrapToken(unreadable + ".AAAA"), List.of(KEY), NOW))
        .isEqualTo(new Refused(TokenRejection.INVALID_SIGNATURE));
    assertThat(BootstrapTokens.verify(token(), List.of(OTHER), LATER))
        .isEqualTo(new Refused(TokenRejection.INVALID_SIGNATURE));
    assertThat(
            BootstrapTokens.verify(
                signed("{\"profile\":\"p\",\"expires_at\":\"2020-01-01T00:00:00Z\"}"),
                List.of(KEY),
                NOW))
        .isEqualTo(new Refused(TokenRejection.MALFORMED));
  }

  @Test
  @DisplayName("A change of any character invalidates the token")
  void anyChange() {
    String text = token().value();
    for (int i = 0; i < text.length(); i++) {
      for (char c : new char[] {'A', '_', '.', '=', '\u00c1'}) {
        if (text.charAt(i) != c) {
          String changed = text.substring(0, i) + c + text.substring(i + 1);
          assertThat(BootstrapTokens.verify(new BootstrapToken(changed), List.of(KEY), NOW))
              .as("%s at %s", c, i)
              .isInstanceOf(Refused.class);
        }
      }
    }
  }

  static Stream<Arguments> claims() {
    String rest = ",\"nonce\":\"00\",\"expires_at\":\"2099-01-01T00:00:00Z\"}";
    return Stream.of(
        arguments("{\"profile\":\"p\"" + rest, true, "as they should be"),
        arguments("{\"profile\":\"p\",\"v\":2,\"x\":{\"y\":[]}" + rest, true, "unknown members"),
        arguments("{\"profile\":\"p\",\"device_label\":null" + rest, true, "a null label is none"),
        arguments("{\"profile\":\"p\",\"device_label\":7" + rest, false, "a label that is no text"),
        arguments("{\"profile\":7" + rest, false, "a profile that is no text"),
        arguments("{\"profile\":null" + rest, false, "a null profile"),
        arguments("{\"Profile\":\"p\"" + rest, false, "a name in upper case"),
        arguments("{\"profile\":\"p\",\"nonce\":\"01\"" + rest, false, "two nonces"),
        arguments("{\"profile\":\"p\"" + rest.replace("\"00\"", "\"\""), false, "an empty nonce"),
        arguments("{\"profile\":\"p\"" + rest.replace("\"00\"", "0"), false, "a nonce of digits"),
        arguments("{\"profile\":\"p\"" + nonce(128), true, "the longest nonce"),
        arguments("{\"profile\":\"p\"" + nonce(129), false, "a nonce that is too long"),
        arguments("{\"profile\":\"p\"" + rest.replace("Z", ""), false, "an expiry without offset"),
        arguments("{\"profile\":\"p\"" + rest + " ", true, "white space behind"),
        arguments("{\"profile\":\"p\"" + rest + "{}", false, "another object behind"),
        arguments("[{\"profile\":\"p\"" + rest + "]", false, "an array"),
        arguments("", false, "nothing"));
  }

  private static String nonce(int length) {
    return ",\"expires_at\":\"2099-01-01T00:00:00Z\",\"nonce\":\"" + "0".repeat(length) + "\"}";
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("claims")
  @DisplayName("Signed claims are read strictly")
  void strictClaims(String claims, boolean fine, String what) {
    if (fine) {
      assertThat(BootstrapTokens.verify(signed(claims), List.of(KEY), NOW))
          .as(what)
          .isInstanceOf(Valid.class);
    } else {
      assertThat(BootstrapTokens.verify(signed(claims), List.of(KEY), NOW))
          .as(what)
          .isEqualTo(new Refused(TokenRejection.MALFORMED));
      assertThatThrownBy(() -> BootstrapTokens.deviceLabel(signed(claims)))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  @Test
  @DisplayName("A token of the maximum length is valid, a longer one is not")
  void lengthLimit() {
    String claims = "{\"profile\":\"p\"" + nonce(2);
    BootstrapToken longest = signed(claims + " ".repeat(3_039 - claims.length()));
    BootstrapToken longer = signed(claims + " ".repeat(3_040 - claims.length()));

    assertThat(longest.value()).hasSize(BootstrapToken.MAX_LENGTH);
    assertThat(BootstrapTokens.verify(longest, List.of(KEY), NOW)).isInstanceOf(Valid.class);
    assertThat(BootstrapTokens.verify(longer, List.of(KEY), NOW))
        .isEqualTo(new Refused(TokenRejection.MALFORMED));
  }

  static Stream<Arguments> malformed() {
    String token = token().value();
    int dot = token.indexOf('.');
    return Stream.of(
        arguments("", "nothing"),
        arguments(" " + token, "a blank in front"),
        arguments(token + "\n", "a line end behind"),
        arguments(token.replace(".", ".."), "two dots"),
        arguments(token.replace(".", ""), "no dot"),
        arguments(token.substring(dot), "a signature alone, of nothing"),
        arguments("." + token, "a dot in front"),
        arguments(token + ".", "a dot behind"),
        arguments(token + "=", "padding"),
        arguments(token.substring(0, dot) + "+" + token.substring(dot), "base64 of another kind"),
        arguments("a." + token.substring(dot + 1), "a length no bytes have"),
        arguments("\ud800." + token.substring(dot + 1), "half a surrogate pair"),
        arguments("\u4e16".repeat(2_000_000), "megabytes"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("malformed")
  @DisplayName("A malformed token is refused, and the message does not repeat it")
  void malformedToken(String text, String why) {
    BootstrapToken token = new BootstrapToken(text);

    assertThat(BootstrapTokens.verify(token, List.of(KEY, OTHER), NOW))
        .as(why)
        .isInstanceOf(Refused.class);
    InvalidValueException fault =
        catchThrowableOfType(InvalidValueException.class, () -> BootstrapTokens.expiresAt(token));
    assertThat(fault.field()).isEqualTo("bootstrap_token");
    assertThat(fault.getMessage().length()).isLessThan(200);
    assertThat(fault.getMessage()).doesNotContain(token().value().substring(0, 16));
  }

  @Test
  @DisplayName("No string representation contains a token or its nonce")
  void redacted() throws Exception {
    assertThat(token()).hasToString("[redacted]");
    assertThat(BootstrapTokens.parts(token())).hasToString("[redacted]");
    assertThat(Claims.read(BootstrapTokens.parts(token()).claims()).toString())
        .doesNotContain(NONCE);
    assertThat(BootstrapTokens.verify(token(), List.of(KEY), NOW).toString()).doesNotContain(NONCE);
  }
}
