package dev.nexo.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CI compiles and runs the sample ({@code ConsumerIT}), so its excerpts in the guide are right. */
@DisplayName("Excerpts of the sample in the embedding guide")
class SampleExcerptsTest {

  private static final Path SAMPLE = Path.of("src/site/samples/bot");

  /** A code block after the name of its file. */
  private static final Pattern EXCERPT =
      Pattern.compile("<!-- sample: (\\S+) -->\\s*```[a-z]+\\n(.*?)```", Pattern.DOTALL);

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  @DisplayName("Every excerpt is in the file that it names")
  void excerpts() throws IOException {
    String guide = Files.readString(Path.of("src/site/markdown/embedding.md"));
    List<MatchResult> found = EXCERPT.matcher(guide).results().toList();
    assertThat(found).isNotEmpty();
    for (MatchResult excerpt : found) {
      String file = Files.readString(SAMPLE.resolve(excerpt.group(1)));
      assertThat(withoutSpace(file)).as(excerpt.group(1)).contains(withoutSpace(excerpt.group(2)));
    }
  }
}
