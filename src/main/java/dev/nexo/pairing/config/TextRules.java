package dev.nexo.pairing.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Which texts are names, secrets and paths. */
final class TextRules {

  private TextRules() {}

  /** Neither blank nor with a control character in it: those are typing and copying mistakes. */
  static boolean isPlain(String text) {
    return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
  }

  static boolean isPath(String text) {
    if (!isPlain(text)) {
      return false;
    }
    try {
      return !asPath(text).toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** A path, where {@code ~} in front stands for the home directory, as in a shell. */
  static Path asPath(String text) {
    String path = text.strip();
    if (path.equals("~")) {
      return home();
    }
    return path.startsWith("~/") ? home().resolve(path.substring(2)) : Path.of(path);
  }

  /** The home directory of the user the server runs as. */
  static Path home() {
    String home = System.getenv("HOME");
    // What ~ means to a shell; Java asks the system's list of users instead, and the two may
    // differ.
    return Path.of(home == null || home.isBlank() ? System.getProperty("user.home", "") : home);
  }
}
