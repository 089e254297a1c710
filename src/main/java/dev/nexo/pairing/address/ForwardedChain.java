package dev.nexo.pairing.address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Parses the headers {@code Forwarded} and {@code X-Forwarded-For}. A hop that is not an address
 * ({@code unknown}, {@code _name}) is returned unchanged; {@link IpLiteral} rejects it later.
 */
final class ForwardedChain {

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
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(element -> bare(named ? parameter(parameter, element) : element.trim()))
        .toList();
  }

  /** The value of a parameter in one element; {@code unknown} if the parameter is missing. */
  private static String parameter(String start, String element) {
    for (String pair : element.split(";", -1)) {
      String trimmed = pair.trim();
      if (trimmed.regionMatches(true, 0, start, 0, start.length())) {
        return trimmed.substring(start.length());
      }
    }
    return "unknown";
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
