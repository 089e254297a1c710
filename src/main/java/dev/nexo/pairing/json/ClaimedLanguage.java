package dev.nexo.pairing.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the language that a sender uses, in the fields that plugins of channels use for it.
 * Thread-safe.
 */
public final class ClaimedLanguage {

  private static final List<String> NAMES =
      List.of("language", "language_code", "languageCode", "lang", "locale");

  /** The objects in which plugins put what belongs to the sender, in order. */
  private static final List<String> PEOPLE =
      List.of("from", "sender", "author", "user", "contact", "profile", "member", "meta");

  /** The maximum length of a tag. RFC 5646, section 4.4.1, recommends room for 35 characters. */
  private static final int MAX = 35;

  private static final Pattern TAG = Pattern.compile("([A-Za-z]{2,3})(?:[-_.@][A-Za-z0-9]{1,8})*");

  /** Subtags that name a language which has another, preferred subtag. */
  private static final Map<String, String> PREFERRED =
      Map.ofEntries(
          Map.entry("in", "id"),
          Map.entry("iw", "he"),
          Map.entry("eng", "en"),
          Map.entry("spa", "es"),
          Map.entry("por", "pt"),
          Map.entry("deu", "de"),
          Map.entry("ger", "de"),
          Map.entry("fra", "fr"),
          Map.entry("fre", "fr"),
          Map.entry("ita", "it"),
          Map.entry("ara", "ar"),
          Map.entry("arb", "ar"),
          Map.entry("hin", "hi"),
          Map.entry("ind", "id"),
          Map.entry("zho", "zh"),
          Map.entry("chi", "zh"),
          Map.entry("cmn", "zh"));

  private ClaimedLanguage() {}

  /**
   * Returns the language in a JSON object that describes a sender or a message: the primary subtag
   * of BCP 47, two or three letters {@code a-z}; empty if there is none.
   */
  public static Optional<String> in(JsonObject object) {
    Optional<String> own = ofPerson(object);
    if (own.isPresent()) {
      return own;
    }
    for (String name : PEOPLE) {
      JsonValue person = object.get(name);
      Optional<String> found =
          person instanceof JsonObject fields ? ofPerson(fields) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns the language in a JSON object as text; empty if it has none or is no JSON object. */
  public static Optional<String> in(String json) {
    return json == null || json.equals("{}")
        ? Optional.empty()
        : StrictJson.find(json, StrictJson.MAX_DEPTH).flatMap(ClaimedLanguage::in);
  }

  private static Optional<String> ofPerson(JsonObject person) {
    for (String name : NAMES) {
      Optional<String> found =
          person.get(name) instanceof JsonString tag ? primary(tag.getString()) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns the primary subtag of a tag such as {@code pt-BR} or {@code pt_BR}. */
  public static Optional<String> primary(String tag) {
    Matcher matcher = TAG.matcher(tag);
    if (tag.length() > MAX || !matcher.matches()) {
      return Optional.empty();
    }
    String subtag = matcher.group(1).toLowerCase(Locale.ROOT);
    return Optional.of(PREFERRED.getOrDefault(subtag, subtag));
  }
}
