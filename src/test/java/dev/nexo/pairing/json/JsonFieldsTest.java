package dev.nexo.pairing.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("JSON fields")
class JsonFieldsTest {

  @Test
  @DisplayName("A missing or null field has its default")
  void defaults() {
    JsonFields fields = fields("{\"a\":null}");
    assertThat(fields.text("a")).isNull();
    assertThat(fields.flag("b", true)).isTrue();
    assertThat(fields.time("c")).isNull();
    fields.end();
  }

  @Test
  @DisplayName("All violations are collected in the order found")
  void violationOrder() {
    JsonFields fields =
        fields("{\"text\":1,\"flag\":\"true\",\"time\":\"60\",\"list\":[\"x\",1.5],\"typo\":{}}");
    fields.text("text");
    fields.flag("flag", false);
    fields.time("time");
    fields.requiredTexts("list", 10);
    fields.requiredText("needed");
    assertThat(violations(fields))
        .extracting(Violation::field)
        .containsExactly("text", "flag", "time", "list[1]", "needed", "typo");
  }

  @Test
  @DisplayName("A time has seconds and an offset")
  void times() {
    assertThat(fields("{\"t\":\"2026-11-01T13:00:00.5+01:00\"}").time("t"))
        .isEqualTo(Instant.parse("2026-11-01T12:00:00.5Z"));
    for (String bad :
        new String[] {"2026-11-01T12:00Z", "2026-11-01", "2026-02-30T00:00:00Z", "now", ""}) {
      JsonFields fields = fields("{\"t\":\"" + bad + "\"}");
      fields.time("t");
      assertThat(violations(fields)).as(bad).hasSize(1);
    }
  }

  @Test
  @DisplayName("A whole number is written without fraction or exponent")
  void wholeNumbers() {
    assertThat(fields("{\"n\":86400}").wholeNumber("n", 1, 86_400)).isEqualTo(86_400);
    assertThat(fields("{\"n\":1}").wholeNumber("n", 1, 86_400)).isEqualTo(1);
    assertThat(fields("{\"n\":null}").wholeNumber("n", 1, 86_400)).isNull();
    for (String bad :
        new String[] {"\"60\"", "1.5", "60.0", "6e1", "1e999999999", "0", "86401", "true", "[]"}) {
      JsonFields fields = fields("{\"n\":" + bad + "}");
      assertThat(fields.wholeNumber("n", 1, 86_400)).as(bad).isNull();
      assertThat(violations(fields))
          .as(bad)
          .containsExactly(new Violation("n", "must be a whole number from 1 to 86400"));
    }
  }

  @Test
  @DisplayName("A violation in a nested field has its full path")
  void nestedFields() {
    JsonFields fields = fields("{\"in\":{\"channel\":\"X\",\"typo\":1},\"typo\":1}");
    assertThat(fields.isObject("in")).isTrue();
    assertThat(fields.part("left-out")).isNull();
    JsonFields inner = fields.part("in");
    inner.account();
    inner.requiredText("to");
    assertThat(violations(fields))
        .extracting(Violation::field)
        .containsExactly("in.channel", "in.to", "typo", "in.typo");
  }

  @Test
  @DisplayName("A string that no database can store is refused")
  void unstorableStrings() {
    for (String bad : new String[] {"a\\u0000", "\\ud83d", "\\udca9\\ud83d"}) {
      JsonFields fields = fields("{\"t\":\"" + bad + "\"}");
      fields.text("t");
      assertThat(violations(fields)).as(bad).hasSize(1);
    }
    assertThat(fields("{\"t\":\"\\ud83d\\udca9\\n\"}").text("t")).isEqualTo("💩\n");
  }

  @Test
  @DisplayName("Long names are cut, and at most 100 violations are named")
  void violationLimit() {
    StringBuilder json = new StringBuilder("{\"" + "x".repeat(10_000) + "\":1");
    for (int i = 0; i < 500; i++) {
      json.append(",\"f").append(i).append("\":1");
    }
    assertThat(violations(fields(json + "}")))
        .hasSize(100)
        .allSatisfy(violation -> assertThat(violation.field()).hasSizeLessThan(70));
  }

  private static JsonFields fields(String json) {
    return new JsonFields(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Violation> violations(JsonFields fields) {
    return catchThrowableOfType(ProblemException.class, fields::end).problem().violations();
  }
}
