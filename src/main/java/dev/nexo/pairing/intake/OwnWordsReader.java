package dev.nexo.pairing.intake;

import dev.nexo.pairing.internal.OwnerCommands.OwnWords;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a person's own words, or a press on a button, in the payload of a plugin or the {@code
 * meta} of {@code POST /inbound}. A text that somebody else wrote, because it was forwarded or is a
 * quotation, is nobody's own words. Stateless.
 */
final class OwnWordsReader {

  private static final String PRESS = "callbackquery";

  /** The fields with what a button carries, if the payload is a press. */
  private static final Set<String> DATA = FieldNames.names("data callbackdata");

  /** Parts of the names of fields that a forwarded message has. */
  private static final List<String> FORWARDED = List.of("forward", "fwd");

  /** The names of fields that say whether others may forward a message. */
  private static final Pattern PERMISSION =
      Pattern.compile("(can|may|allows?|allowed|not?|protects?)(be|to)?(forward|fwd).*");

  /** Further fields of a text that its sender did not write, if they are given. */
  private static final Set<String> OTHERS_WORDS =
      FieldNames.names("messagesnapshots viabot viabotid");

  /** Fields that say that the text itself is a quotation. An object contains the quoted message. */
  private static final Set<String> QUOTED = FieldNames.names("quoted isquoted isquote quote");

  /** Parts of the names of formats that mark a quotation, or words that are crossed out. */
  private static final List<String> FORMATS = List.of("blockquote", "strike");

  /** The fields that name a format; the plain form of {@code _} is empty. */
  private static final Set<String> FORMAT = Set.of("type", "", "@type", "classname");

  private OwnWordsReader() {}

  /**
   * Returns a person's own words.
   *
   * @param fields the payload or the meta
   * @param text the message text, or null
   * @return empty if somebody else wrote the text, or there is none
   */
  static Optional<OwnWords> read(
      JsonObject fields, String channel, String accountId, String senderId, String text) {
    if (isOthers(fields)) {
      return Optional.empty();
    }
    Optional<JsonObject> press = press(fields);
    if (press.isPresent()) {
      return data(press.get())
          .or(() -> Optional.ofNullable(text))
          .map(
              data ->
                  new OwnWords(
                      channel, accountId, senderId, null, data.strip(), presser(press.get())));
    }
    return Optional.ofNullable(text)
        .map(words -> new OwnWords(channel, accountId, senderId, words, null, null));
  }

  /** Returns whether a field, at any depth, says that another person wrote the text. */
  private static boolean isOthers(JsonValue value) {
    if (value instanceof JsonArray array) {
      return array.stream().anyMatch(OwnWordsReader::isOthers);
    }
    return value instanceof JsonObject object
        && object.entrySet().stream()
            .anyMatch(
                field ->
                    isOthers(FieldNames.plain(field.getKey()), field.getValue())
                        || isOthers(field.getValue()));
  }

  private static boolean isOthers(String name, JsonValue value) {
    if (!MessageFields.isGiven(value)) {
      return false;
    }
    boolean forwarded =
        FORWARDED.stream().anyMatch(name::contains) && !PERMISSION.matcher(name).matches();
    if (FORMAT.contains(name) && value instanceof JsonString format) {
      String plain = FieldNames.plain(format.getString());
      return FORMATS.stream().anyMatch(plain::contains);
    }
    boolean container = value instanceof JsonObject || value instanceof JsonArray;
    return forwarded || OTHERS_WORDS.contains(name) || (QUOTED.contains(name) && !container);
  }

  /** Returns the object that describes a press: a {@code callback_query}, or the payload itself. */
  private static Optional<JsonObject> press(JsonObject fields) {
    for (var field : fields.entrySet()) {
      String name = FieldNames.plain(field.getKey());
      if (name.equals(PRESS)) {
        return Optional.of(field.getValue() instanceof JsonObject query ? query : fields);
      }
      boolean named =
          MessageFields.KIND_NAMES.contains(name)
              && field.getValue() instanceof JsonString kind
              && FieldNames.plain(kind.getString()).equals(PRESS);
      if (named || name.equals("callbackdata")) {
        return Optional.of(nested(fields).orElse(fields));
      }
    }
    return fields.entrySet().stream()
        .filter(field -> MessageScope.isWrapper(FieldNames.plain(field.getKey())))
        .filter(field -> field.getValue() instanceof JsonObject)
        .map(field -> press(field.getValue().asJsonObject()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<JsonObject> nested(JsonObject fields) {
    return fields.entrySet().stream()
        .filter(field -> FieldNames.plain(field.getKey()).equals(PRESS))
        .filter(field -> field.getValue() instanceof JsonObject)
        .map(field -> field.getValue().asJsonObject())
        .findFirst();
  }

  private static Optional<String> data(JsonObject press) {
    return press.entrySet().stream()
        .filter(field -> DATA.contains(FieldNames.plain(field.getKey())))
        .filter(field -> field.getValue() instanceof JsonString)
        .map(field -> ((JsonString) field.getValue()).getString())
        .findFirst();
  }

  /** Returns the id of who pressed; null if the press does not say. */
  private static String presser(JsonObject press) {
    JsonValue from = press.get("from");
    JsonValue id = from instanceof JsonObject person ? person.get("id") : from;
    if (id instanceof JsonString string) {
      return string.getString();
    }
    return id instanceof JsonNumber ? id.toString() : null;
  }
}
