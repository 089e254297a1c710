package dev.nexo.pairing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Authorization header")
class AuthorizationHeaderTest {

  @Test
  @DisplayName("The first colon separates the name from the password")
  void firstColon() {
    assertThat(AuthorizationHeader.basic("Basic " + encode("operator:a:b", StandardCharsets.UTF_8)))
        .hasValue(new AuthorizationHeader.Basic("operator", "a:b"));
    assertThat(AuthorizationHeader.basic("bASIC  " + encode("é:", StandardCharsets.UTF_8)))
        .hasValue(new AuthorizationHeader.Basic("é", ""));
  }

  @Test
  @DisplayName("Malformed credentials are no credentials")
  void malformed() {
    String[] rows = {
      null,
      "",
      "Basic",
      "Basic ",
      "Basic !!!",
      "Bearer " + encode("a:b", StandardCharsets.UTF_8),
      "Basic " + encode("no colon", StandardCharsets.UTF_8),
      "Basic " + encode("a:\u0000", StandardCharsets.UTF_8),
      "Basic " + encode("a:b\r\n", StandardCharsets.UTF_8),
      "Basic " + encode("é:b", StandardCharsets.ISO_8859_1)
    };
    for (String header : rows) {
      assertThat(AuthorizationHeader.basic(header)).as(header).isEmpty();
    }
  }

  @Test
  @DisplayName("A bearer token is everything after the scheme and one space")
  void bearer() {
    assertThat(AuthorizationHeader.bearer(List.of("bEARER a.b"))).hasValue("a.b");
    assertThat(AuthorizationHeader.bearer(List.of("Bearer  a"))).hasValue(" a");
    for (String other : new String[] {"", "Bearer", "Bearer\ta", "Basic a", "a"}) {
      assertThat(AuthorizationHeader.bearer(List.of(other))).as(other).isEmpty();
    }
    assertThat(AuthorizationHeader.bearer(List.of())).isEmpty();
  }

  @Test
  @DisplayName("Several headers are an invalid token")
  void severalHeaders() {
    assertThat(AuthorizationHeader.bearer(List.of("Bearer a", "Bearer a"))).hasValue("");
  }

  @Test
  @DisplayName("The string representation does not contain the password")
  void redacted() {
    assertThat(new AuthorizationHeader.Basic("operator", "hush")).asString().doesNotContain("hush");
  }

  private static String encode(String pair, Charset charset) {
    return Base64.getEncoder().encodeToString(pair.getBytes(charset));
  }
}
