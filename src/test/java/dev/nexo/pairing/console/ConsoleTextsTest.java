package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.message.StandardTexts;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Texts of the console")
class ConsoleTextsTest {

  private static final Path SCRIPTS = Path.of("src/main/webapp/js");

  private static final Path WORKER = Path.of("src/main/webapp/sw.js");
  private static final Path MANIFESTS = Path.of("src/main/webapp/manifest");

  private static final Pattern ENTRY = Pattern.compile("(?m)^  (\\w+): (.*),$");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final Pattern FORM = Pattern.compile("(?:^\\{ |, )(\\w+): \"");
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern WORDS = Pattern.compile("[A-Za-z]{2,} [A-Za-z]|^[A-Z][a-z]");

  /** The categories of Intl.PluralRules that whole numbers of this console can have. */
  private static final Map<String, Set<String>> FORMS =
      Map.of(
          "ar", Set.of("one", "two", "few", "many", "other"),
          "id", Set.of("other"),
          "zh", Set.of("other"));

  /** Strings that are no texts: names of products, headers and types, and lists for CSS. */
  private static final Set<String> NO_TEXTS =
      Set.of(
          "X-Pairing-Surface",
          "Date",
          "TimeoutError",
          "Retry-After",
          "Content-Type",
          "Last-Event-ID",
          "Accept",
          "Control+Z",
          "WhatsApp",
          "Telegram",
          "Nexo pairing",
          "main h1",
          "plain grave",
          "lesser gap",
          "input, textarea, select, dialog",
          "The event is too long",
          "no text ",
          "Trusted Types");

  static Stream<String> languages() {
    return StandardTexts.LANGUAGES.stream();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static Map<String, String> texts(String language) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    ENTRY
        .matcher(read(SCRIPTS.resolve("i18n/" + language + ".js")))
        .results()
        .forEach(entry -> assertThat(texts.put(entry.group(1), entry.group(2))).isNull());
    return texts;
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> all = new TreeSet<>();
    pattern.matcher(text).results().map(match -> match.group(1)).forEach(all::add);
    return all;
  }

  /** The scripts that show something; those of the texts themselves are left out. */
  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      return Stream.concat(files, Stream.of(WORKER))
          .filter(file -> file.toString().endsWith(".js"))
          .filter(file -> !file.startsWith(SCRIPTS.resolve("i18n")))
          .filter(file -> !file.endsWith("i18n.js") && !file.endsWith("icons.js"))
          // The label of a browser is stored on the server.
          .filter(file -> !file.equals(SCRIPTS.resolve("push.js")))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  @DisplayName("Every language has every text, with the same placeholders and its plural forms")
  void complete(String language) throws IOException {
    Map<String, String> english = texts("en");
    Map<String, String> own = texts(language);
    assertThat(english).hasSizeGreaterThan(400);
    assertThat(own.keySet()).containsExactlyElementsOf(english.keySet());
    own.forEach(
        (key, text) -> {
          assertThat(all(PLACEHOLDER, text)).as(key).isEqualTo(all(PLACEHOLDER, english.get(key)));
          assertThat(text).as(key).doesNotContain("\"\"").doesNotContain("<");
          if (text.startsWith("{")) {
            assertThat(all(FORM, text))
                .as(key)
                .contains("other")
                .isSubsetOf(FORMS.getOrDefault(language, Set.of("one", "other")));
          }
        });
  }

  @Test
  @DisplayName("The languages are those of the messages to senders")
  void sameLanguages() throws IOException {
    String list = read(SCRIPTS.resolve("i18n.js"));
    String block = list.substring(list.indexOf("LANGUAGES = {"), list.indexOf("};"));
    assertThat(all(Pattern.compile("(?m)^  (\\w+): \""), block))
        .containsExactlyInAnyOrderElementsOf(StandardTexts.LANGUAGES);
    try (Stream<Path> files = Files.list(SCRIPTS.resolve("i18n"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".js", "")))
          .containsExactlyInAnyOrderElementsOf(StandardTexts.LANGUAGES);
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  @DisplayName("Every language has a manifest, which differs in language and description only")
  void manifest(String language) throws IOException {
    JsonObject english = manifestOf("en");
    JsonObject own = manifestOf(language);
    assertThat(own.getString("lang")).isEqualTo(language);
    assertThat(own.getString("dir")).isEqualTo(language.equals("ar") ? "rtl" : "ltr");
    if (!language.equals("en")) {
      assertThat(own.getString("description")).isNotEqualTo(english.getString("description"));
    }
    assertThat(common(own)).isEqualTo(common(english));
  }

  private static JsonObject manifestOf(String language) throws IOException {
    String json = read(MANIFESTS.resolve(language + ".webmanifest"));
    return Json.createReader(new StringReader(json)).readObject();
  }

  private static JsonObject common(JsonObject manifest) {
    JsonObjectBuilder common = Json.createObjectBuilder(manifest);
    return common.remove("lang").remove("dir").remove("description").build();
  }

  @Test
  @DisplayName("Every text is used, and every text that is used exists")
  void used() throws IOException {
    Set<String> keys = texts("en").keySet();
    Set<String> strings = new TreeSet<>();
    for (Path script : scripts()) {
      String code = read(script);
      strings.addAll(all(STRING, code));
      assertThat(all(Pattern.compile("\\b(?:t|parts)\\(\\s*\"(\\w+)\""), code))
          .as(script.toString())
          .isSubsetOf(keys);
    }
    assertThat(strings).containsAll(keys);
  }

  @Test
  @DisplayName("No script has a text of its own")
  void noOtherTexts() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path script : scripts()) {
      for (String line : read(script).split("\n")) {
        if (!line.startsWith("import ") && !line.strip().matches("(//|/?\\*).*")) {
          STRING
              .matcher(line)
              .results()
              .map((MatchResult match) -> match.group(1))
              .filter(string -> WORDS.matcher(string).find() && !NO_TEXTS.contains(string))
              .forEach(string -> found.add(script + ": " + string));
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
