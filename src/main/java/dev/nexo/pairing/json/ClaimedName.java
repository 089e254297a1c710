package dev.nexo.pairing.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the name that a sender claims, in the fields that plugins of channels use for it. Anybody
 * can claim any name, so it identifies nobody. Thread-safe.
 */
public final class ClaimedName {

  /** The maximum length of a name, in characters. */
  public static final int MAX = 64;

  /** Field names in lower case without {@code _} and {@code -}. The first that is given counts. */
  private static final List<String> NAMES =
      List.of(
          "displayname",
          "pushname",
          "notifyname",
          "sendername",
          "profilename",
          "verifiedname",
          "fullname",
          "globalname",
          "realname",
          "name",
          "nickname",
          "nick",
          "title");

  private static final List<String> USER_NAMES = List.of("username", "handle", "screenname");

  /** The objects in which plugins put what belongs to the sender, in order. */
  private static final List<String> PEOPLE =
      List.of("from", "sender", "author", "user", "contact", "profile", "member", "meta");

  /** Letters and a symbol without ink: fillers of Hangul, and the empty pattern of Braille. */
  private static final String BLANK = "\u115F\u1160\u3164\uFFA0\u2800";

  /** Marks without ink: joiners, vowels of Khmer that are not shown, and variation selectors. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\u034F\u17B4\u17B5\u180B-\u180F\uFE00-\uFE0F\\x{E0100}-\\x{E01EF}]");

  /** What a stranger could use to end the quotation that encloses the stranger's words. */
  private static final String QUOTES = "[\"“”„‟«»‹›〝〞〟＂″‶˝ˮ״❝❞❠🙶🙷🙸]";

  private ClaimedName() {}

  /**
   * Returns the name in a JSON object that describes a sender or a message.
   *
   * @return the name without control and invisible characters, at most {@value #MAX} characters;
   *     empty if there is none
   */
  public static Optional<String> in(JsonObject object) {
    Map<String, JsonValue> fields = fields(object);
    return first(fields, NAMES)
        .or(() -> first(fields, List.of("firstname", "lastname"), " "))
        .or(() -> inPeople(fields))
        .or(() -> first(fields, USER_NAMES));
  }

  /** Returns the name in a JSON object as text; empty if it has none or is no JSON object. */
  public static Optional<String> in(String json) {
    return json == null || json.equals("{}")
        ? Optional.empty()
        : StrictJson.find(json, StrictJson.MAX_DEPTH).flatMap(ClaimedName::in);
  }

  private static Map<String, JsonValue> fields(JsonObject object) {
    Map<String, JsonValue> fields = new TreeMap<>();
    object.forEach((name, value) -> fields.putIfAbsent(plain(name), value));
    return fields;
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-') {
        plain.append(Character.toLowerCase(c));
      }
    }
    return plain.toString();
  }

  private static Optional<String> inPeople(Map<String, JsonValue> fields) {
    return PEOPLE.stream()
        .map(fields::get)
        .filter(JsonObject.class::isInstance)
        .map(value -> inPerson(fields(value.asJsonObject())))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> inPerson(Map<String, JsonValue> person) {
    return first(person, NAMES)
        .or(() -> first(person, List.of("firstname", "lastname"), " "))
        .or(() -> first(person, USER_NAMES));
  }

  private static Optional<String> first(Map<String, JsonValue> fields, List<String> names) {
    return names.stream().map(name -> text(fields, name)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> first(
      Map<String, JsonValue> fields, List<String> parts, String separator) {
    String joined =
        parts.stream()
            .map(name -> text(fields, name))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(separator));
    return joined.isEmpty() ? Optional.empty() : Optional.of(cut(joined, MAX));
  }

  private static Optional<String> text(Map<String, JsonValue> fields, String name) {
    return fields.get(name) instanceof JsonString string
        ? Optional.of(line(string.getString(), MAX)).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /**
   * Returns a stranger's text as one line: without control characters, characters that nobody sees
   * or that change the direction of text, and unpaired surrogates; runs of white space become one
   * space.
   *
   * @param max the maximum length in characters, with an ellipsis if the text is cut
   */
  public static String line(String text, int max) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(point -> append(line, point));
    return cut(line.toString().strip(), max);
  }

  /** Returns what a stranger claims in quotation marks, which the stranger cannot end. */
  public static String quoted(String strangers) {
    return '“' + strangers.replaceAll(QUOTES, "'") + '”';
  }

  private static void append(StringBuilder line, int point) {
    int type = Character.getType(point);
    boolean space =
        Character.isWhitespace(point)
            || Character.isSpaceChar(point)
            || BLANK.indexOf(point) >= 0
            || (type == Character.CONTROL && point != 0);
    if (space) {
      if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    } else if (type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && !UNSEEN.matcher(Character.toString(point)).matches()) {
      line.appendCodePoint(point);
    }
  }

  private static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    return text.substring(0, end).stripTrailing() + "…";
  }
}
