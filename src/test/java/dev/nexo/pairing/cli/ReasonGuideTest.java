package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The tables under "Find out why" in the guide of the command line. */
@DisplayName("Guide to the reasons")
class ReasonGuideTest {

  private static final Pattern COMMAND = Pattern.compile("nexo-pair ([a-z-]+)");

  @Test
  @DisplayName("cli.md has each reason once, and no other")
  void reasons() throws IOException {
    Stream<String> drops = Arrays.stream(DropReason.values()).map(DropReason::wireName);
    Stream<String> others =
        Arrays.stream(Explanation.Reason.values()).map(Explanation.Reason::wireName);
    assertThat(rows())
        .extracting(row -> row.get(0).replace("`", ""))
        .containsExactlyInAnyOrderElementsOf(Stream.concat(drops, others).toList());
  }

  @Test
  @DisplayName("Each row says what to do, with commands that exist")
  void commands() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row -> {
              String remedy = row.get(row.size() - 1);
              assertThat(remedy).isNotBlank();
              Matcher named = COMMAND.matcher(remedy);
              while (named.find()) {
                assertThat(Commands.ALL).containsKey(named.group(1));
              }
            });
  }

  @Test
  @DisplayName("The console has a sentence for each reason")
  void console() throws IOException {
    String labels = Files.readString(Path.of("src/main/webapp/js/labels.js"));
    assertThat(rows())
        .allSatisfy(row -> assertThat(labels).contains("  " + row.get(0).replace("`", "") + ":"));
  }

  /** The rows of the tables of the section, without their heads. */
  private static List<List<String>> rows() throws IOException {
    String guide = Files.readString(Path.of("src/site/markdown/cli.md"));
    int start = guide.indexOf("\n## Find out why\n");
    return guide
        .substring(start, guide.indexOf("\n## ", start + 1))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
        .toList();
  }
}
