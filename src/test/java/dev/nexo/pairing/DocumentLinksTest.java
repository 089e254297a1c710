package dev.nexo.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("References to documents")
class DocumentLinksTest {

  private static final Path SITE = Path.of("src", "site", "markdown");
  private static final Path MESSAGES = SITE.resolve("messages.md");
  private static final Pattern MESSAGE_ID = Pattern.compile("\\bNXP-\\d{4}\\b");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");

  /** A citation in code, such as {@code protocol.md#tokens}. */
  private static final Pattern CITATION = Pattern.compile("\\b([a-z0-9-]+\\.md)#([a-z0-9-]+)");

  /** Documents that are not in this repository. */
  private static final Pattern FOREIGN =
      Pattern.compile("contract, section|\\bPROTOCOL\\.md|\\bAPI\\.md|\\bDESIGN\\.md|\\bCLI\\.md");

  private static final Set<String> SOURCE =
      Set.of("java", "js", "html", "css", "xml", "yaml", "yml", "properties", "sql", "json");

  private final Map<Path, Set<String>> anchors = new HashMap<>();

  @Test
  @DisplayName("Every link between documents leads to a file and a heading")
  void linksResolve() throws IOException {
    Collection<String> broken = new TreeSet<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(withoutCode(document));
      while (link.find()) {
        String target = link.group(1);
        if (!target.matches("[a-z]+:.*") && !resolves(document, target)) {
          broken.add(document + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  @DisplayName("Every citation in code names a heading of a document in this repository")
  void citationsResolve() throws IOException {
    Collection<String> broken = new TreeSet<>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      Matcher citation = CITATION.matcher(text);
      while (citation.find()) {
        Path document = SITE.resolve(citation.group(1));
        if (!Files.exists(document) || !anchorsOf(document).contains(citation.group(2))) {
          broken.add(file + " -> " + citation.group());
        }
      }
      Matcher foreign = FOREIGN.matcher(text);
      if (foreign.find() && !file.endsWith("DocumentLinksTest.java")) {
        broken.add(file + " -> " + foreign.group());
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  @DisplayName("Every message id in a guide is in the list of messages")
  void messageIds() throws IOException {
    Set<String> known =
        MESSAGE_ID
            .matcher(Files.readString(MESSAGES))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    Collection<String> unknown = new TreeSet<>();
    for (Path document : documents()) {
      // The changelog also names retired ids.
      if (!document.endsWith("changelog.md")) {
        MESSAGE_ID
            .matcher(Files.readString(document))
            .results()
            .filter(id -> !known.contains(id.group()))
            .forEach(id -> unknown.add(document + " -> " + id.group()));
      }
    }
    assertThat(unknown).isEmpty();
  }

  private boolean resolves(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    if (!Files.exists(file)) {
      return false;
    }
    return parts.length == 1 || anchorsOf(file).contains(parts[1]);
  }

  private Set<String> anchorsOf(Path document) {
    return anchors.computeIfAbsent(document, DocumentLinksTest::readAnchors);
  }

  private static Set<String> readAnchors(Path document) {
    return HEADING
        .matcher(withoutCode(document))
        .results()
        .map(heading -> slug(heading.group(1)))
        .collect(Collectors.toSet());
  }

  /** The anchor that GitHub gives to a heading. */
  private static String slug(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static String withoutCode(Path document) {
    try {
      return FENCE.matcher(Files.readString(document)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files =
        Stream.of(SITE, Path.of(".github")).flatMap(DocumentLinksTest::walk)) {
      return Stream.concat(
              Stream.of(Path.of("README.md")),
              files.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files =
        Stream.of("src/main", "src/test", "liberty", "config")
            .map(Path::of)
            .flatMap(DocumentLinksTest::walk)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> SOURCE.contains(extension(file)))
          .toList();
    }
  }

  private static Stream<Path> walk(Path directory) {
    try {
      return Files.walk(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
