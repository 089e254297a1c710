package dev.nexo.pairing.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.json.ClaimedName;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.notice.Notice;
import dev.nexo.pairing.notice.Notice.Request;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a message to a browser says, as JSON: {@code type} is {@code request}, {@code digest} or
 * {@code test} ({@code http-api.md#web-push}).
 */
final class PushMessageText {

  /** How many requests a digest names. */
  private static final int NAMED = 5;

  private PushMessageText() {}

  /** Returns the message about a notice, as it is stored until it is sent, without a token. */
  static String of(Notice notice) {
    return (notice.isDigest() ? digest(notice) : request(notice.requests().get(0))).toString();
  }

  private static JsonObject request(Request request) {
    JsonObjectBuilder json =
        facts("request", request)
            .add("request_id", request.requestId())
            .add("expires_at", request.expiresAt().toString());
    request.text().ifPresent(text -> json.add("text", text));
    return json.build();
  }

  private static JsonObjectBuilder facts(String type, Request request) {
    JsonObjectBuilder json =
        StrictJson.object()
            .add("type", type)
            .add("number", request.number())
            .add("channel", request.sender().channel())
            .add("account_id", request.sender().accountId())
            .add("sender_id", request.sender().senderId());
    request.claimedName().ifPresent(name -> json.add("claimed_name", name));
    return json;
  }

  private static JsonObject digest(Notice notice) {
    JsonArrayBuilder names = StrictJson.array();
    notice.requests().stream()
        .limit(NAMED)
        .map(
            request ->
                request.claimedName().map(ClaimedName::quoted).orElse(request.sender().senderId()))
        .forEach(names::add);
    Instant last =
        notice.requests().stream()
            .map(Request::expiresAt)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return StrictJson.object()
        .add("type", "digest")
        .add("total", notice.requests().size())
        .add("names", names)
        .add("expires_at", last.toString())
        .build();
  }

  /** Returns a test message. */
  static String test() {
    return StrictJson.object().add("type", "test").build().toString();
  }

  /**
   * Adds the token to a message about one request. The first words are left out if the message
   * would be too large.
   */
  static String withToken(JsonObject stored, String token) {
    String whole = with(stored, token, true);
    return whole.getBytes(UTF_8).length <= PushClient.MAX_MESSAGE
        ? whole
        : with(stored, token, false);
  }

  private static String with(JsonObject stored, String token, boolean words) {
    JsonObjectBuilder json = StrictJson.object();
    stored.forEach(
        (name, value) -> {
          if (!name.equals("request_id") && (words || !name.equals("text"))) {
            json.add(name, value);
          }
        });
    return json.add("token", token).build().toString();
  }

  /** Returns whether a message has the first words. */
  static boolean hasText(JsonObject stored) {
    return stored.containsKey("text");
  }

  /** Adds the first words, which must not be stored, to a message. */
  static JsonObject withText(JsonObject stored, Optional<String> words) {
    return words.map(text -> StrictJson.copy(stored).add("text", text).build()).orElse(stored);
  }

  /** Returns when the last request of a message expires. */
  static Instant expiry(JsonObject stored) {
    return Instant.parse(stored.getString("expires_at"));
  }

  /** Returns the request that a message is about; empty for a digest. */
  static Optional<String> requestId(JsonObject stored) {
    return Optional.ofNullable(stored.getString("request_id", null));
  }
}
