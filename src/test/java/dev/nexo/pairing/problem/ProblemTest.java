package dev.nexo.pairing.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Problem details")
class ProblemTest {

  @Test
  @DisplayName("Violations are listed and repeated in the detail")
  void violations() {
    Problem problem =
        Problem.of(List.of(new Violation("limit", "must be 1"), new Violation("q", "is odd")));
    assertThat(new String(problem.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"type\":\"urn:nexo-pairing:problem:bad-request\",\"title\":\"Bad request\","
                + "\"status\":400,\"detail\":\"limit must be 1; q is odd.\","
                + "\"violations\":[{\"field\":\"limit\",\"message\":\"must be 1\"},"
                + "{\"field\":\"q\",\"message\":\"is odd\"}]}");
  }

  @Test
  @DisplayName("Remedies are listed")
  void remedies() {
    Problem problem =
        Problem.of(ProblemType.ONLY_LOOPBACK, "No URL.")
            .withRemedies(List.of("Set one.", "Or \"another\"."))
            .withHeader("X", "y");
    assertThat(new String(problem.body(), StandardCharsets.UTF_8))
        .endsWith("\"detail\":\"No URL.\",\"remedies\":[\"Set one.\",\"Or \\\"another\\\".\"]}");
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  @DisplayName("A server error has no detail")
  void serverError(ProblemType type) {
    String body = new String(Problem.of(type, "the secret").body(), StandardCharsets.UTF_8);
    assertThat(body.contains("the secret")).isEqualTo(type.status() < 500);
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  @DisplayName("Every type has a title and a remedy of one sentence")
  void titleAndRemedy(ProblemType type) {
    assertThat(type.title()).matches("[A-Z][^.]*");
    assertThat(type.remedy()).matches("[A-Z].*[^.]\\.").doesNotContain(". ");
  }

  @Test
  @DisplayName("An unknown status is treated as the general one of its class")
  void unknownStatus() {
    assertThat(ProblemType.ofStatus(418)).isEqualTo(ProblemType.BAD_REQUEST);
    assertThat(ProblemType.ofStatus(507)).isEqualTo(ProblemType.INTERNAL);
    assertThat(ProblemType.ofStatus(404)).isEqualTo(ProblemType.NOT_FOUND);
  }
}
