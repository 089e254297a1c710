package dev.nexo.pairing.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files in the embedding guide: code blocks after {@code <!-- file: path -->}. */
final class GuideFiles {

  private static final String MARK = "<!-- file: ";

  private GuideFiles() {}

  /** All files by path. */
  static Map<String, String> all() {
    Map<String, String> files = new LinkedHashMap<>();
    String path = null;
    List<String> code = null;
    for (String line : lines()) {
      if (line.startsWith(MARK)) {
        path = line.substring(MARK.length(), line.indexOf(" -->"));
      } else if (path != null && code == null && line.startsWith("```")) {
        code = new ArrayList<>();
      } else if (code != null && line.equals("```")) {
        files.put(path, String.join("\n", code) + "\n");
        path = null;
        code = null;
      } else if (code != null) {
        code.add(line);
      }
    }
    return files;
  }

  /**
   * Returns one file.
   *
   * @throws IllegalArgumentException if the guide does not show it
   */
  static String file(String path) {
    String text = all().get(path);
    if (text == null) {
      throw new IllegalArgumentException("The guide does not show " + path);
    }
    return text;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(Path.of("src/site/markdown/embedding.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
