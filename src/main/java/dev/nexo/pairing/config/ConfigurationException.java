package dev.nexo.pairing.config;

/**
 * The configuration is wrong, and the application does not start. The message is one line with the
 * full path of the key, what was expected and where the value came from; never a value.
 */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Keys are cut to this many characters in messages. */
  private static final int SHOWN = 200;

  private ConfigurationException(String message, Throwable cause) {
    super(message.replaceAll("\\p{Cntrl}+", " "), cause);
  }

  /** A key whose value, or whose being there, is wrong. */
  static ConfigurationException of(String key, String fault, String origin) {
    return new ConfigurationException(shown(key) + ": " + fault + " (" + origin + ")", null);
  }

  /** A file that cannot be taken as a whole. */
  static ConfigurationException ofFile(String origin, String fault) {
    return new ConfigurationException(origin + ": " + fault, null);
  }

  /**
   * A key as it may be shown: up to the first character no key has. What follows may be a secret,
   * as in {@code password:hunter2}, where the blank was forgotten.
   */
  private static String shown(String key) {
    String plain = plain(key);
    return plain.length() == key.length() ? key : plain + "…";
  }

  /** The part of a key that may be shown. */
  static String plain(String key) {
    int end = 0;
    while (end < Math.min(key.length(), SHOWN) && isKeyCharacter(key.charAt(end))) {
      end++;
    }
    return key.substring(0, end);
  }

  private static boolean isKeyCharacter(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
  }
}
