package dev.nexo.pairing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The guide to the messages is what the catalogues contain. Run with {@code -Dmessages.write=true}
 * to write it again.
 */
@DisplayName("Guide to the messages")
class MessageGuideTest {

  private static final Path GUIDE = Path.of("src", "site", "markdown", "messages.md");

  @Test
  @DisplayName("messages.md is what the catalogues contain")
  void guide() throws IOException {
    String generated = String.join("\n", lines()) + "\n";
    if (Boolean.getBoolean("messages.write")) {
      Files.writeString(GUIDE, generated);
    }
    assertThat(Files.readString(GUIDE)).isEqualTo(generated);
  }

  @Test
  @DisplayName("Every id is used once")
  void uniqueIds() {
    assertThat(Arrays.stream(LogMessage.values()).map(LogMessage::id)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(DoctorMessage.values()).map(DoctorMessage::id))
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("Every warning and error has a remedy")
  void remedies() {
    assertThat(LogMessage.values())
        .filteredOn(message -> message.level() != System.Logger.Level.INFO)
        .allSatisfy(message -> assertThat(message.remedy()).isNotBlank());
  }

  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# Messages");
    lines.add("");
    lines.add(
        "What the server reports, and what to do. `{0}`, `{1}` and so on are details of the case.");
    lines.add("This page is generated from the catalogues in the code.");
    lines.add("");
    lines.add("## Log");
    lines.add("");
    lines.add("| id | level | message | what to do |");
    lines.add("| --- | --- | --- | --- |");
    for (LogMessage message : LogMessage.values()) {
      String level = message.level().getName().toLowerCase(java.util.Locale.ROOT);
      lines.add(row(message.id(), level, message.text(), message.remedy()));
    }
    lines.add("");
    lines.add("## Doctor");
    lines.add("");
    lines.add("`nexo-pair doctor`, `GET /api/v1/doctor` and the console's health page.");
    lines.add("");
    lines.add("| id | level | message | what to do |");
    lines.add("| --- | --- | --- | --- |");
    for (DoctorMessage message : DoctorMessage.values()) {
      lines.add(row(message.id(), message.level().wireName(), message.text(), message.remedy()));
    }
    lines.add("");
    lines.add("## Problems over HTTP and on the bus");
    lines.add("");
    lines.add("The `type` is `urn:nexo-pairing:problem:` and the name.");
    lines.add("");
    lines.add("| type | status | title | what to do |");
    lines.add("| --- | --- | --- | --- |");
    for (ProblemType type : ProblemType.values()) {
      String name = type.uri().substring(type.uri().lastIndexOf(':') + 1);
      lines.add(row("`" + name + "`", "" + type.status(), type.title(), type.remedy()));
    }
    return lines;
  }

  /** Writes patterns as text: two apostrophes are one, and HTML characters are escaped. */
  private static String row(String... cells) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      String text = cell == null ? "" : cell;
      row.append(' ')
          .append(
              text.replace("''", "'").replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*"))
          .append(" |");
    }
    return row.toString();
  }
}
