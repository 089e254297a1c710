package dev.nexo.pairing.address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Parses the headers {@code Forwarded} and {@code X-Forwarded-For}. A hop that is not an address
 * ({@code unknown}, {@code _name}) is returned unchanged; {@link IpLiteral} rejects it later.
 *
 * <p>A client can write separators and quotes into what a proxy copies, such as {@code Host}, or
 * leave a quote open in front of what the proxy appends. No reading of such a line is safe, so a
 * line of {@code Forwarded} with a separator between quotes, or with an open quote, and an element
 * that names a parameter twice, are hops that are not addresses.
 */
final class ForwardedChain {

  private static final String UNKNOWN = "unknown";

  private ForwardedChain() {}

  /**
   * Returns the hops in the order to check them. The hop that this server's own proxy added is
   * first.
   *
   * @param headers the header's lines in the order they were received
   * @param kind which header the lines belong to
   */
  static List<String> rightmostFirst(List<String> headers, TrustedHeader kind) {
    List<String> hops = new ArrayList<>(values(headers, kind, "for="));
    Collections.reverse(hops);
    return hops;
  }

  /** Whether the headers say that any hop used TLS. */
  static boolean anyOverTls(List<String> headers, TrustedHeader kind) {
    return values(headers, kind, "proto=").stream()
        .anyMatch(scheme -> scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("wss"));
  }

  private static List<String> values(List<String> headers, TrustedHeader kind, String parameter) {
    boolean named = kind == TrustedHeader.FORWARDED;
    return headers.stream()
        .map(line -> named && hasQuotedSeparator(line) ? UNKNOWN : line)
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(element -> bare(named ? parameter(parameter, element) : element.trim()))
        .toList();
  }

  /** Returns whether a comma or semicolon is between quotes, or the last quote is open. */
  private static boolean hasQuotedSeparator(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (quoted && (c == ',' || c == ';')) {
        return true;
      }
    }
    return quoted;
  }

  /** The value of a parameter in one element; {@code unknown} unless it is there once. */
  private static String parameter(String start, String element) {
    List<String> values =
        Arrays.stream(element.split(";", -1))
            .map(String::trim)
            .filter(pair -> pair.regionMatches(true, 0, start, 0, start.length()))
            .map(pair -> pair.substring(start.length()))
            .toList();
    return values.size() == 1 ? values.get(0) : UNKNOWN;
  }

  /** Removes quotes, brackets and a port. */
  private static String bare(String node) {
    String text = node;
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1);
    }
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? text : text.substring(1, end);
    }
    int colon = text.indexOf(':');
    return colon > 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
  }
}
