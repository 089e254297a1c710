package dev.nexo.pairing.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class BasicCredentialsTest {

  @Test
  void theFirstColonPartsNameAndPassword() {
    assertThat(BasicCredentials.parse("Basic " + encode("operator:a:b", StandardCharsets.UTF_8)))
        .hasValue(new BasicCredentials("operator", "a:b"));
    assertThat(BasicCredentials.parse("bASIC  " + encode("é:", StandardCharsets.UTF_8)))
        .hasValue(new BasicCredentials("é", ""));
  }

  @Test
  void whatIsNotWellFormedIsNobody() {
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
      assertThat(BasicCredentials.parse(header)).as(header).isEmpty();
    }
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(new BasicCredentials("operator", "hush")).asString().doesNotContain("hush");
  }

  private static String encode(String pair, Charset charset) {
    return Base64.getEncoder().encodeToString(pair.getBytes(charset));
  }
}
