package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Hostile values from the files of {@code src/test/resources/fuzz}: one value a line, written as
 * {@link EscapedBytes} does it; a line {@code == name} begins a section. Each char of a value is
 * one byte.
 */
final class FuzzValues {

  private static final String SECTION = "== ";
  private static final int LONGEST_NAME = 60;

  /** Characters with a meaning in some header; frequent ones are repeated. */
  private static final String SOUP =
      ",,;;==//\"\"\\**qq..--++  aaZ019:@%&?#()[]<>{}|^`'!$~_\t\u00e9\u00ff";

  private final Map<String, List<String>> sections = new LinkedHashMap<>();

  /** Reads a file. */
  FuzzValues(String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                FuzzValues.class.getResourceAsStream("/fuzz/" + file), US_ASCII))) {
      List<String> section = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(SECTION)) {
          section = new ArrayList<>();
          sections.put(line.substring(SECTION.length()), section);
        } else if (!line.isEmpty()) {
          section.add(new String(EscapedBytes.unescape(line), ISO_8859_1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all sections. */
  List<String> names() {
    return List.copyOf(sections.keySet());
  }

  /** The values of a section. */
  List<String> section(String name) {
    return List.copyOf(sections.get(name));
  }

  /** A value as shown in the name of a change. */
  static String shown(String value) {
    String escaped = EscapedBytes.escape(value.getBytes(ISO_8859_1));
    return escaped.length() > LONGEST_NAME ? escaped.substring(0, LONGEST_NAME) + "…" : escaped;
  }

  /** A random string of characters that have a meaning somewhere in HTTP. */
  static String soup(Random random) {
    StringBuilder soup = new StringBuilder();
    for (int i = random.nextInt(24) + 1; i > 0; i--) {
      soup.append(SOUP.charAt(random.nextInt(SOUP.length())));
    }
    return soup.toString();
  }

  /** A value with a few characters replaced, removed or inserted. */
  static String garbled(String value, Random random) {
    StringBuilder garbled = new StringBuilder(value);
    for (int i = random.nextInt(3) + 1; i > 0; i--) {
      int at = random.nextInt(garbled.length() + 1);
      char other = SOUP.charAt(random.nextInt(SOUP.length()));
      if (at == garbled.length() || random.nextInt(3) == 0) {
        garbled.insert(at, other);
      } else if (random.nextBoolean()) {
        garbled.setCharAt(at, other);
      } else {
        garbled.deleteCharAt(at);
      }
    }
    return garbled.toString();
  }
}
