package dev.nexo.pairing.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.notice.Notice.Request;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes and reads the requests of a notice as JSON. */
public final class NoticeJson {

  private NoticeJson() {}

  /**
   * Writes requests, in their order. The last ones are left out if they do not fit, and texts if
   * they do not fit in addition to the requests.
   *
   * @param max the maximum size in bytes, without commas
   */
  public static JsonArray write(List<Request> requests, int max) {
    List<JsonObject> bare = new ArrayList<>();
    int size = 0;
    for (Request request : requests) {
      JsonObject json = json(request.withText(Optional.empty()));
      size += size(json);
      if (size > max) {
        size -= size(json);
        break;
      }
      bare.add(json);
    }
    JsonArrayBuilder array = StrictJson.array();
    for (int i = 0; i < bare.size(); i++) {
      JsonObject whole = json(requests.get(i));
      int more = size(whole) - size(bare.get(i));
      array.add(size + more <= max ? whole : bare.get(i));
      size += size + more <= max ? more : 0;
    }
    return array.build();
  }

  private static int size(JsonObject json) {
    return json.toString().getBytes(UTF_8).length;
  }

  private static JsonObject json(Request request) {
    JsonObjectBuilder json =
        StrictJson.object()
            .add("number", request.number())
            .add("request_id", request.requestId())
            .add("channel", request.sender().channel())
            .add("account_id", request.sender().accountId())
            .add("sender_id", request.sender().senderId());
    request.claimedName().ifPresent(name -> json.add("claimed_name", name));
    request.text().ifPresent(text -> json.add("text", text));
    return json.add("created_at", request.createdAt().toString())
        .add("expires_at", request.expiresAt().toString())
        .build();
  }

  /** Reads what {@link #write} wrote. */
  public static List<Request> read(JsonArray requests) {
    return requests.getValuesAs(value -> request(value.asJsonObject()));
  }

  private static Request request(JsonObject json) {
    return new Request(
        json.getString("request_id"),
        json.getJsonNumber("number").longValue(),
        new SenderKey(
            json.getString("channel"), json.getString("account_id"), json.getString("sender_id")),
        Optional.ofNullable(json.getString("claimed_name", null)),
        Optional.ofNullable(json.getString("text", null)),
        Instant.parse(json.getString("created_at")),
        Instant.parse(json.getString("expires_at")));
  }
}
