package dev.nexo.pairing.http.console;

import dev.nexo.pairing.codec.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** One of the console's files, known by what is in it. Immutable. */
final class ConsoleFile {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml",
          "yaml", "application/yaml",
          "json", "application/json");

  private final String type;
  private final String tag;
  private final byte[] content;

  private ConsoleFile(String type, String tag, byte[] content) {
    this.type = type;
    this.tag = tag;
    this.content = content;
  }

  /** Whether a file of this name is for browsers. */
  static boolean isOne(String path) {
    return TYPES.containsKey(extension(path));
  }

  /**
   * A file.
   *
   * @param path its path, of which {@link #isOne} is true
   * @param content what is in it; kept, not copied
   */
  static ConsoleFile of(String path, byte[] content) {
    byte[] digest = Arrays.copyOf(Sha256.of(content), 18);
    String tag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    return new ConsoleFile(TYPES.get(extension(path)), tag, content);
  }

  /** Its media type. */
  String type() {
    return type;
  }

  /** Its strong entity tag (RFC 9110, section 8.8.3), with the quotes. */
  String tag() {
    return tag;
  }

  /** What is in it; not to be changed. */
  byte[] content() {
    return content;
  }

  /**
   * Whether a browser has this very content, by what it sent as {@code If-None-Match} (RFC 9110,
   * section 13.1.2: tags are compared weakly).
   *
   * @param header the header, or null
   */
  boolean isKnown(String header) {
    if (header == null) {
      return false;
    }
    return Arrays.stream(header.split(","))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
