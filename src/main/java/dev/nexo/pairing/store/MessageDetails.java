package dev.nexo.pairing.store;

import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.json.ClaimedLanguage;
import dev.nexo.pairing.json.ClaimedName;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextPlaceholder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a message to a sender needs to know about the request, which may be gone when the message is
 * sent. It is the payload of the message in the outbox. Contains no code.
 *
 * @param language the language of the sender, two or three letters {@code a-z}, or null
 * @param name the name that the sender claims, or null
 * @param number the number of the request; 0 if it is not known
 * @param expiresAt when the request expires, or null if it is not known
 * @param held whether messages of the sender were held, and are delivered after the approval
 */
public record MessageDetails(
    String language, String name, long number, Instant expiresAt, boolean held) {

  private static final MessageDetails NONE = new MessageDetails(null, null, 0, null, false);

  /** Returns the details of a request. */
  public static MessageDetails of(PendingRequest request) {
    return of(request, false);
  }

  static MessageDetails of(PendingRequest request, boolean held) {
    String meta = request.metaJson();
    return new MessageDetails(
        ClaimedLanguage.in(meta).orElse(null),
        ClaimedName.in(meta).orElse(null),
        request.number(),
        request.expiresAt(),
        held);
  }

  /** Reads the payload of a message; a message of an earlier version has none. */
  public static MessageDetails read(String payload) {
    JsonObject json =
        payload == null ? null : StrictJson.find(payload, StrictJson.MAX_DEPTH).orElse(null);
    if (json == null) {
      return NONE;
    }
    return new MessageDetails(
        json.getString("language", null),
        json.getString("name", null),
        json.getInt("number", 0),
        json.get("expires_at") instanceof JsonNumber seconds
            ? Instant.ofEpochSecond(seconds.longValue())
            : null,
        json.getBoolean("held", false));
  }

  String toJson() {
    JsonObjectBuilder json = StrictJson.object().add("number", number);
    if (language != null) {
      json.add("language", language);
    }
    if (name != null) {
      json.add("name", name);
    }
    if (expiresAt != null) {
      json.add("expires_at", expiresAt.getEpochSecond());
    }
    if (held) {
      json.add("held", true);
    }
    return json.build().toString();
  }

  /**
   * Returns the values of all placeholders but the code and the text, as a new map.
   *
   * @param kind what the message says
   * @param to the sender of the request
   */
  public Map<TextPlaceholder, String> values(TextKind kind, SenderKey to, Instant now) {
    Map<TextPlaceholder, String> values = new EnumMap<>(TextPlaceholder.class);
    values.put(TextPlaceholder.CHANNEL, to.channel());
    values.put(TextPlaceholder.ACCOUNT, to.accountId());
    values.put(TextPlaceholder.SENDER, to.senderId());
    values.put(TextPlaceholder.NAME, name == null ? to.senderId() : name);
    values.put(TextPlaceholder.NUMBER, number == 0 ? "" : String.valueOf(number));
    values.put(TextPlaceholder.MINUTES, String.valueOf(minutes(kind, now)));
    return values;
  }

  /** How long the code is still valid, at least a minute. A code and a denial last equally long. */
  private long minutes(TextKind kind, Instant now) {
    return kind == TextKind.CHALLENGE && expiresAt != null
        ? Math.max(1, Duration.between(now, expiresAt).toMinutes())
        : PendingEntity.LIFETIME.toMinutes();
  }
}
