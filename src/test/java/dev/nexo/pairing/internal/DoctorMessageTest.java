package dev.nexo.pairing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.internal.Finding.Level;
import dev.nexo.pairing.problem.ProblemType;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Doctor messages")
class DoctorMessageTest {

  @Test
  @DisplayName("Ids are unique, ascending and have four digits")
  void ids() {
    assertThat(DoctorMessage.values())
        .extracting(DoctorMessage::id)
        .allMatch(id -> id.matches("NXP-1[0-9]{3}"))
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @ParameterizedTest
  @EnumSource(DoctorMessage.class)
  @DisplayName("A message has a level, and contains all its arguments as they are")
  void formats(DoctorMessage message) {
    Object[] arguments =
        IntStream.range(0, message.arguments()).mapToObj(i -> "/a'{0}b" + i).toArray();
    Finding finding = message.finding("check", arguments);
    assertThat(finding.level()).isNotEqualTo(Level.OK);
    assertThat(finding.id()).isEqualTo(message.id());
    String all = finding.text() + "\n" + finding.remedy();
    assertThat(Arrays.stream(arguments)).allMatch(argument -> all.contains((String) argument));
    assertThat(all.replace("/a'{0}", "")).doesNotContain("{", "}", "''");
    // An apostrophe that is not doubled would end up as none.
    assertThat((message.text() + message.remedy()).replace("''", "")).doesNotContain("'");
    assertThat(finding.text()).matches("(?s)[A-Z/].*");
    assertThat(finding.remedy()).matches("(?s)[A-Z].*");
  }

  static Stream<String> texts() {
    return Stream.of(
            Arrays.stream(DoctorMessage.values()).flatMap(m -> Stream.of(m.text(), m.remedy())),
            Arrays.stream(LogMessage.values()).flatMap(m -> Stream.of(m.text(), m.remedy())),
            Arrays.stream(ProblemType.values()).flatMap(m -> Stream.of(m.title(), m.remedy())))
        .flatMap(text -> text)
        .filter(Objects::nonNull);
  }

  @ParameterizedTest
  @MethodSource("texts")
  @DisplayName("Values are in single quotes; double ones are XML or JSON to be typed")
  void quotes(String text) {
    String prose = text.replaceAll("=\"[^\"]*\"", "").replaceAll("\"[a-z_]+\":", "");
    assertThat(prose).doesNotContain("\"", "“", "”", "‘", "’", "`");
  }

  @Test
  @DisplayName("Numbers are formatted without grouping")
  void numbers() {
    assertThat(DoctorMessage.DATABASE_SLOW.finding("database", 12_345L).text())
        .contains(" 12345 ms");
  }

  @Test
  @DisplayName("A wrong number of arguments is refused")
  void wrongNumber() {
    assertThatThrownBy(() -> DoctorMessage.DATABASE_SLOW.finding("database"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DoctorMessage.POLICY_OFF.finding("policy", "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
