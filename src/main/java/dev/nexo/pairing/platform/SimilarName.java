package dev.nexo.pairing.platform;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a mistyped name probably means. */
public final class SimilarName {

  /** The longest name that is compared, in characters. */
  private static final int MAX_LENGTH = 64;

  private static final int CHARACTERS_PER_MISTAKE = 3;

  private SimilarName() {}

  /**
   * Returns the most similar known name: the only one that begins with the unknown name, or else
   * the one with the smallest {@link #distance}. The distance may be 1 for each started group of
   * three characters of the longer name. Empty if no name is similar, or if the unknown name has
   * more than 64 characters.
   */
  public static Optional<String> of(String unknown, Collection<String> known) {
    if (unknown.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    List<String> longer =
        known.stream().filter(name -> unknown.length() > 1 && begins(name, unknown)).toList();
    if (longer.size() == 1) {
      return Optional.of(longer.get(0));
    }
    return known.stream()
        .filter(name -> !name.equals(unknown) && distance(unknown, name) <= mistakes(unknown, name))
        .min(
            Comparator.comparingInt((String name) -> distance(unknown, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean begins(String name, String beginning) {
    return name.length() > beginning.length()
        && name.regionMatches(true, 0, beginning, 0, beginning.length());
  }

  /**
   * Returns the largest permitted distance, which is smaller than the length of the shorter name.
   */
  private static int mistakes(String unknown, String name) {
    int longest = Math.max(unknown.length(), name.length());
    int shortest = Math.min(unknown.length(), name.length());
    return Math.min((longest + CHARACTERS_PER_MISTAKE - 1) / CHARACTERS_PER_MISTAKE, shortest - 1);
  }

  /**
   * Returns how many characters must be inserted, deleted, replaced or swapped with their neighbour
   * to get one name from the other (optimal string alignment), ignoring case.
   */
  public static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] beforeLast = new int[0];
    int[] last = new int[b.length() + 1];
    Arrays.setAll(last, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], 1 + beforeLast[j - 2]);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
