package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Files of the console")
class ConsoleFilesTest {

  private static final Path PAGE = Path.of("src/main/webapp");

  private static final Pattern PRELOAD =
      Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\" />");

  @Test
  @DisplayName("The page loads every module at once, but only the language that it shows")
  void preloads() throws IOException {
    String index = Files.readString(PAGE.resolve("index.html"));
    List<String> preloaded = PRELOAD.matcher(index).results().map(match -> match.group(1)).toList();
    try (Stream<Path> files = Files.walk(PAGE.resolve("js"))) {
      List<String> modules =
          files
              .map(file -> PAGE.relativize(file).toString())
              .filter(file -> file.endsWith(".js") && !file.startsWith("js/i18n/"))
              .filter(file -> !file.equals("js/main.js"))
              .toList();
      assertThat(preloaded).containsExactlyInAnyOrderElementsOf(modules);
    }
  }
}
