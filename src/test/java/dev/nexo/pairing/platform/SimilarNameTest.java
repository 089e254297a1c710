package dev.nexo.pairing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mistyped name means. */
@DisplayName("Similar names")
class SimilarNameTest {

  private static final List<String> KNOWN =
      List.of(
          "approve", "audit", "block", "blocked", "list", "deny", "denied", "whatsapp", "revoke");

  @ParameterizedTest(name = "{0} means {1}: {2}")
  @CsvSource(
      textBlock =
          """
          lst,        list,     a missing letter
          lsit,       list,     two letters are swapped
          LIST,       list,     another case
          aproov,     approve,  three mistakes in seven letters
          watsapp,    whatsapp, a missing letter
          whats,      whatsapp, a beginning
          blocke,     blocked,  a beginning precedes a mistake
          rev,        revoke,   a short beginning
          frobnicate, ,         nothing is similar
          de,         ,         the beginning of two
          x,          ,         too short
          list,       ,         only itself is similar
          '',         ,         empty
          """)
  @DisplayName("A mistyped name means the most similar one, if there is one")
  void meant(String unknown, String meant, String reason) {
    assertThat(SimilarName.of(unknown, KNOWN).orElse(null)).isEqualTo(meant);
  }

  @Test
  @DisplayName("A long name is compared with nothing")
  void tooLong() {
    assertThat(SimilarName.of("list".repeat(17), List.of("list".repeat(17) + "s"))).isEmpty();
  }
}
