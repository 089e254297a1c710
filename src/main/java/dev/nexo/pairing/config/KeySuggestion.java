package dev.nexo.pairing.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the most similar key for an unknown key. */
final class KeySuggestion {

  /** The maximum edit distance of a suggestion. */
  private static final int MAX_MISTAKES = 4;

  private KeySuggestion() {}

  /** Returns the most similar key, with the unknown key's channel and account; empty if none. */
  static Optional<String> nearest(String unknown) {
    return Arrays.stream(SettingKey.values())
        .map(key -> withNamesOf(unknown, key.path()))
        .filter(key -> !key.equals(unknown))
        .min(Comparator.comparingInt(key -> distance(unknown, key)))
        .filter(key -> distance(unknown, key) <= MAX_MISTAKES);
  }

  private static String withNamesOf(String unknown, String path) {
    String[] given = unknown.split("\\.", -1);
    String[] parts = path.split("\\.", -1);
    if (given.length == parts.length) {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = parts[i].startsWith("<") ? given[i] : parts[i];
      }
    }
    return String.join(".", parts);
  }

  /** Returns the Levenshtein distance, ignoring case. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
