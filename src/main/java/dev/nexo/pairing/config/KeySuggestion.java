package dev.nexo.pairing.config;

import dev.nexo.pairing.platform.SimilarName;
import java.util.Arrays;
import java.util.Comparator;
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
        .min(Comparator.comparingInt(key -> SimilarName.distance(unknown, key)))
        .filter(key -> SimilarName.distance(unknown, key) <= MAX_MISTAKES);
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
}
