package dev.nexo.pairing.intake;

import java.util.List;
import java.util.Set;

/** The form in which the names and values of plugins are compared. */
final class FieldNames {

  private FieldNames() {}

  /** Returns a name in lower case without {@code _}, {@code -}, {@code .} and spaces. */
  static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && c != '.' && c != ' ') {
        plain.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
      }
    }
    return plain.toString();
  }

  /** Returns the names in a string that separates them by spaces. */
  static Set<String> names(String spaced) {
    return Set.copyOf(List.of(spaced.split(" ")));
  }
}
