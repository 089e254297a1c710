package dev.nexo.pairing.json;

import dev.nexo.pairing.MessageContext;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Selects what is stored of the JSON object that came with a message. Stateless. */
public final class StoredMeta {

  private static final String NONE = "{}";

  /** No character needs more bytes in UTF-8. */
  private static final int MAX_BYTES_OF_CHAR = 3;

  private StoredMeta() {}

  /** Returns the claimed name and the language of the sender as a JSON object. */
  public static String of(JsonObject message) {
    Optional<String> name = ClaimedName.in(message);
    Optional<String> language = ClaimedLanguage.in(message);
    if (name.isEmpty() && language.isEmpty()) {
      return NONE;
    }
    JsonObjectBuilder meta = StrictJson.object();
    name.ifPresent(text -> meta.add("name", text));
    language.ifPresent(subtag -> meta.add("language", subtag));
    return meta.build().toString();
  }

  /**
   * Returns a JSON object as it is if it has at most 8 KiB, otherwise what {@link #of(JsonObject)}
   * returns: the size of a message must not decide about its sender.
   *
   * @param json the object, or null
   */
  public static String of(String json) {
    if (json == null) {
      return NONE;
    }
    boolean fits =
        json.length() <= MessageContext.MAX_META / MAX_BYTES_OF_CHAR
            || json.getBytes(StandardCharsets.UTF_8).length <= MessageContext.MAX_META;
    return fits
        ? json
        : StrictJson.find(json, StrictJson.MAX_DEPTH).map(StoredMeta::of).orElse(NONE);
  }
}
