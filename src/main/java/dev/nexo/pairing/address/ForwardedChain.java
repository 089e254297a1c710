package dev.nexo.pairing.address;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the chain of addresses from proxy headers. What is no address comes out as it is and is
 * refused where addresses are read: a hidden hop ({@code unknown}, {@code _name}) ends the chain.
 */
final class ForwardedChain {

  private ForwardedChain() {}

  /**
   * The hops in the order to judge them, the one our own proxy added first.
   *
   * @param headers the header's lines in the order they came
   * @param kind which header the lines are of
   */
  static List<String> rightmostFirst(List<String> headers, TrustedHeader kind) {
    List<String> hops = new ArrayList<>();
    for (String line : headers) {
      for (String element : line.split(",", -1)) {
        hops.add(
            bare(kind == TrustedHeader.FORWARDED ? parameter("for=", element) : element.trim()));
      }
    }
    Collections.reverse(hops);
    return hops;
  }

  /**
   * Whether any hop came over TLS.
   *
   * @param headers the header's lines
   * @param kind which header the lines are of
   */
  static boolean anyOverTls(List<String> headers, TrustedHeader kind) {
    for (String line : headers) {
      for (String element : line.split(",", -1)) {
        String scheme =
            bare(kind == TrustedHeader.FORWARDED ? parameter("proto=", element) : element.trim());
        if (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("wss")) {
          return true;
        }
      }
    }
    return false;
  }

  /** The value of a parameter in one element, or a word that is neither address nor scheme. */
  private static String parameter(String start, String element) {
    for (String pair : element.split(";", -1)) {
      String trimmed = pair.trim();
      if (trimmed.regionMatches(true, 0, start, 0, start.length())) {
        return trimmed.substring(start.length());
      }
    }
    return "unknown";
  }

  /** Takes quotes, brackets and a port off. */
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
