package dev.nexo.pairing.cli.importer;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites JSON5 as JSON: without comments and trailing commas, with quoted names, strings in
 * double quotes and decimal numbers. It does not check the structure, because the JSON parser does.
 * For one thread.
 */
final class Json5 {

  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F]{1,64})|([0-9]*)(\\.[0-9]*)?([eE][+-]?[0-9]+)?)");
  private static final Pattern NO_NUMBER = Pattern.compile("[+-]?(Infinity|NaN)");
  private static final String SIGNS = ",:{}[]\"'/";
  private static final String ESCAPED = "bfnrtv";
  private static final String CONTROLS = "\b\f\n\r\t\u000b";

  private final String text;
  private final StringBuilder json;
  private int at;
  private boolean comma;

  private Json5(String text) {
    this.text = text;
    this.json = new StringBuilder(text.length() + 16);
  }

  /**
   * Rewrites a JSON5 text.
   *
   * @throws IllegalArgumentException if it is not JSON5; a result is not always JSON
   */
  static String toJson(String text) {
    return new Json5(text).rewrite();
  }

  private String rewrite() {
    for (skip(); at < text.length(); skip()) {
      char c = text.charAt(at);
      if (c == ',') {
        at++;
        flush(c);
        comma = true;
        continue;
      }
      flush(c);
      if (c == '"' || c == '\'') {
        at++;
        string(c);
      } else if (SIGNS.indexOf(c) >= 0) {
        at++;
        json.append(c);
      } else {
        word();
      }
      json.append(' ');
    }
    flush(' ');
    return json.toString();
  }

  /** Writes the comma before the next sign, unless it is a trailing comma behind a value. */
  private void flush(char next) {
    int last = json.length() - 2;
    boolean trailing =
        (next == '}' || next == ']') && last >= 0 && "[{:,".indexOf(json.charAt(last)) < 0;
    if (comma && !trailing) {
      json.append(", ");
    }
    comma = false;
  }

  /** Skips white space and comments. */
  private void skip() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isSpace(c)) {
        at++;
      } else if (text.startsWith("//", at)) {
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
          at++;
        }
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        check(end >= 0);
        at = end + 2;
      } else {
        return;
      }
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
  }

  private void word() {
    int start = at;
    while (at < text.length() && !isSpace(text.charAt(at)) && SIGNS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    skip();
    if (at < text.length() && text.charAt(at) == ':') {
      check(NAME.matcher(word).matches());
      json.append('"').append(word).append('"');
    } else if (word.equals("true") || word.equals("false") || word.equals("null")) {
      json.append(word);
    } else if (NO_NUMBER.matcher(word).matches()) {
      json.append("null");
    } else {
      json.append(number(word));
    }
  }

  private static String number(String word) {
    Matcher number = NUMBER.matcher(word);
    check(number.matches());
    String sign = number.group(1).equals("-") ? "-" : "";
    if (number.group(2) != null) {
      return sign + new BigInteger(number.group(2), 16);
    }
    String whole = number.group(3);
    String fraction = number.group(4) == null ? "" : number.group(4);
    check(!whole.isEmpty() || fraction.length() > 1);
    String exponent = number.group(5) == null ? "" : number.group(5);
    return sign
        + (whole.isEmpty() ? "0" : whole)
        + (fraction.equals(".") ? ".0" : fraction)
        + exponent;
  }

  private void string(char quote) {
    json.append('"');
    while (true) {
      char c = next();
      if (c == quote) {
        break;
      }
      check(c != '\n' && c != '\r');
      if (c == '\\') {
        escape();
      } else {
        append(c);
      }
    }
    json.append('"');
  }

  private void escape() {
    char c = next();
    int control = ESCAPED.indexOf(c);
    if (control >= 0) {
      append(CONTROLS.charAt(control));
    } else if (c == 'x') {
      append(hex(2));
    } else if (c == 'u') {
      append(hex(4));
    } else if (c == '0') {
      append('\0');
    } else if (c == '\r') {
      at += text.startsWith("\n", at) ? 1 : 0;
    } else if (!isLineEnd(c)) {
      check(c < '1' || c > '9');
      append(c);
    }
  }

  private char hex(int digits) {
    check(at + digits <= text.length());
    String value = text.substring(at, at + digits);
    check(value.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128));
    at += digits;
    return (char) Integer.parseInt(value, 16);
  }

  private char next() {
    check(at < text.length());
    return text.charAt(at++);
  }

  private void append(char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < ' ') {
      json.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
    } else {
      json.append(c);
    }
  }

  private static void check(boolean right) {
    if (!right) {
      throw new IllegalArgumentException("not JSON5");
    }
  }
}
