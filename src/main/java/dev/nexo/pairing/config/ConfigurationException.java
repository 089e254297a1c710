package dev.nexo.pairing.config;

/**
 * The configuration is invalid, so the application does not start. The message is one line with the
 * full key, what is expected, and the source of the value. It never contains a value.
 */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Keys are cut to this many characters in messages. */
  private static final int SHOWN = 200;

  private ConfigurationException(String message, Throwable cause) {
    super(message.replaceAll("\\p{Cntrl}+", " "), cause);
  }

  /** Creates the exception for a key that is invalid or has an invalid value. */
  static ConfigurationException of(String key, String fault, String origin) {
    return new ConfigurationException(shown(key) + ": " + fault + " (" + origin + ")", null);
  }

  /** Creates the exception for a whole file. */
  static ConfigurationException ofFile(String origin, String fault) {
    return new ConfigurationException(origin + ": " + fault, null);
  }

  /**
   * Returns the part of a key up to the first character that no key contains. The rest may be a
   * secret, as in {@code password:hunter2}, if the space was forgotten.
   */
  private static String shown(String key) {
    String plain = plain(key);
    return plain.length() == key.length() ? key : plain + "…";
  }

  /** Returns the part of a key that may be shown. */
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
