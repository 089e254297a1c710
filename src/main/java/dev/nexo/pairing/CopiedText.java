package dev.nexo.pairing;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Removes what editors, shells, mail programs and chats put into a text when people copy it: byte
 * order marks, characters that nobody sees, and quotes around it. Thread-safe.
 */
public final class CopiedText {

  private static final String UNSEEN = "\\s\\p{Z}\\p{Cc}\\p{Cf}";

  private static final Pattern INVISIBLE =
      Pattern.compile("[" + UNSEEN + "]+", Pattern.UNICODE_CHARACTER_CLASS);

  /** What stands around a quoted code: any punctuation except the characters of base64url. */
  private static final String AROUND = "[\\p{Punct}\\p{P}\\p{S}&&[^-_=]]+";

  private static final Pattern PUNCTUATION = Pattern.compile("^" + AROUND + "|" + AROUND + "$");

  /** Quotation marks of all languages. No bracket that can end a URL. */
  private static final String MARKS =
      UNSEEN + "\\p{Pi}\\p{Pf}\"'`<>\u201a\u201e\u300c-\u300f\uff02\uff07";

  private static final Pattern QUOTES = around("", "");

  /** Dashes, minus signs, and the bullet and the letters that look like one. */
  private static final Pattern DASHES = Pattern.compile("[\\p{Pd}\u2212\u2043\u02d7\u30fc]");

  private static final Pattern UUID =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  private static final Pattern AROUND_ID = around("(\\[{", ")\\]}.,;:");

  /** The maximum length of a typed id, with what surrounds it. */
  private static final int MAX_ID = 256;

  private CopiedText() {}

  /** Returns a pattern of quotation marks at both ends, and further characters at one of them. */
  private static Pattern around(String start, String end) {
    return Pattern.compile(
        "^[" + MARKS + start + "]+|[" + MARKS + end + "]+$", Pattern.UNICODE_CHARACTER_CLASS);
  }

  /**
   * Returns a code without white space and invisible characters anywhere, and without punctuation
   * around it. Nothing of this can be part of a code, so a code never becomes another one.
   */
  public static String code(String text) {
    return PUNCTUATION.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll("");
  }

  /**
   * Returns the id of a request, a session or a setup code as it was shown: without white space and
   * invisible characters anywhere, without quotation marks, brackets and the end of a sentence
   * around it, with ASCII hyphens and characters of the usual width, and a UUID in lower case. A
   * text of more than {@value #MAX_ID} characters is no id and is returned as it is.
   */
  public static String id(String text) {
    if (text.length() > MAX_ID) {
      return text;
    }
    String plain = DASHES.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("-");
    String id = AROUND_ID.matcher(INVISIBLE.matcher(plain).replaceAll("")).replaceAll("");
    return UUID.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id;
  }

  /** Returns a code without dashes of any kind, which people put between groups of characters. */
  static String withoutDashes(String code) {
    return DASHES.matcher(code).replaceAll("");
  }

  /**
   * Returns a text without white space, invisible characters and quotation marks at both ends. What
   * is inside is unchanged.
   */
  public static String unquoted(String text) {
    return QUOTES.matcher(text).replaceAll("");
  }

  /**
   * Decodes a text in UTF-8, or in UTF-16 if it begins with that byte order mark, which PowerShell
   * writes. Replaces malformed bytes by U+FFFD, and keeps the mark.
   */
  public static String decode(byte[] bytes) {
    boolean little = bytes.length > 1 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe;
    boolean big = bytes.length > 1 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff;
    if (little || big) {
      // A line that was read up to its end lacks the other half of the last character.
      int length = bytes.length - bytes.length % 2;
      return new String(bytes, 0, length, little ? UTF_16LE : UTF_16BE);
    }
    return new String(bytes, UTF_8);
  }
}
