package dev.nexo.pairing.cli.companion;

/** What sessions are called, and their files. */
final class SessionLabels {

  /** What a session is called that nobody named. */
  static final String DEFAULT = "default";

  /** The longest label in a file's name, in characters. */
  static final int MAX = 64;

  private SessionLabels() {}

  /**
   * A label as it stands in a file's name: each character but ASCII letters, digits, {@code -} and
   * {@code _} becomes {@code _}, and {@value #MAX} are kept. Other letters have more than one
   * spelling in file names, or look like these; labels that differ in them alone share a file.
   *
   * @param label the label; null or empty for {@value #DEFAULT}
   */
  static String fileName(String label) {
    if (label == null || label.isEmpty()) {
      return DEFAULT;
    }
    StringBuilder name = new StringBuilder();
    label
        .codePoints()
        .limit(MAX)
        .forEach(point -> name.append(isPlain(point) ? (char) point : '_'));
    return name.toString();
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
