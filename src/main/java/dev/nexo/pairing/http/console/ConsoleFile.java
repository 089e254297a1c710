package dev.nexo.pairing.http.console;

import dev.nexo.pairing.codec.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** One of the console's files, with an entity tag computed from its content. Immutable. */
final class ConsoleFile {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml",
          "yaml", "application/yaml",
          "json", "application/json",
          "png", "image/png",
          "webmanifest", "application/manifest+json");

  private final String type;
  private final String tag;
  private final byte[] content;

  private ConsoleFile(String type, String tag, byte[] content) {
    this.type = type;
    this.tag = tag;
    this.content = content;
  }

  /** Returns whether the server serves files with this extension. */
  static boolean isOne(String path) {
    return TYPES.containsKey(extension(path));
  }

  /**
   * Creates a file.
   *
   * @param path the path, for which {@link #isOne} is true
   * @param content the content; used without a copy
   */
  static ConsoleFile of(String path, byte[] content) {
    byte[] digest = Arrays.copyOf(Sha256.of(content), 18);
    String tag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    return new ConsoleFile(TYPES.get(extension(path)), tag, content);
  }

  /** Returns the media type. */
  String type() {
    return type;
  }

  /** Returns the strong entity tag (RFC 9110, section 8.8.3), with the quotes. */
  String tag() {
    return tag;
  }

  /** Returns the content, which callers must not change. */
  byte[] content() {
    return content;
  }

  /**
   * Returns whether a browser has this content already, according to {@code If-None-Match} (RFC
   * 9110, section 13.1.2: a weak comparison).
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
