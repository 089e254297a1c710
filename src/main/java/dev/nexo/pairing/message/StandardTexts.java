package dev.nexo.pairing.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The texts of this module, one resource for each language. The challenge in English has Nexo's
 * wording. Thread-safe.
 */
public final class StandardTexts {

  /** The language of texts if no other is known. */
  public static final String ENGLISH = "en";

  /** The languages that have standard texts, as primary subtags of BCP 47. */
  public static final List<String> LANGUAGES =
      List.of(ENGLISH, "es", "pt", "de", "fr", "it", "ar", "hi", "id", "zh");

  private static final Map<String, Map<TextKind, TextTemplate>> TEXTS = read();

  private StandardTexts() {}

  /** Returns the text of a kind in a language; empty if there are no standard texts in it. */
  public static Optional<TextTemplate> find(String language, TextKind kind) {
    return Optional.ofNullable(TEXTS.get(language)).map(texts -> texts.get(kind));
  }

  private static Map<String, Map<TextKind, TextTemplate>> read() {
    Map<String, Map<TextKind, TextTemplate>> all = new HashMap<>();
    for (String language : LANGUAGES) {
      Properties written = properties(language);
      Map<TextKind, TextTemplate> texts = new EnumMap<>(TextKind.class);
      for (TextKind kind : TextKind.values()) {
        String text = written.getProperty(kind.wireName(), "");
        texts.put(
            kind,
            TextTemplate.parse(kind, text)
                .orElseThrow(() -> new IllegalStateException(language + ": " + kind)));
      }
      all.put(language, texts);
    }
    return Map.copyOf(all);
  }

  private static Properties properties(String language) {
    try (InputStream in = StandardTexts.class.getResourceAsStream(language + ".properties");
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      Properties properties = new Properties();
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
