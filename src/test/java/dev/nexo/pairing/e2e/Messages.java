package dev.nexo.pairing.e2e;

import dev.nexo.pairing.testing.RawNats;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Inbound messages over HTTP, and outbound messages on the bus. */
final class Messages {

  private static final Pattern CODE = Pattern.compile("[A-HJ-NP-Z2-9]{8}");

  private Messages() {}

  static JsonObject from(String channel, String account, String sender) {
    return Json.createObjectBuilder()
        .add("channel", channel)
        .add("account_id", account)
        .add("sender_id", sender)
        .add("text", "hi")
        .build();
  }

  static JsonObject sender(String channel, String account, String sender) {
    return Json.createObjectBuilder()
        .add("channel", channel)
        .add("account_id", account)
        .add("sender_id", sender)
        .build();
  }

  static JsonObject envelope(RawNats.Received message) {
    try (var reader = Json.createReader(new StringReader(message.body()))) {
      return reader.readObject();
    }
  }

  /** Whether a message contains a code. */
  static boolean hasCode(RawNats.Received message) {
    return CODE.matcher(envelope(message).getJsonObject("payload").getString("text")).find();
  }

  /** The code in a challenge's text. */
  static String code(String text) {
    Matcher matcher = CODE.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no code in it");
    }
    return matcher.group();
  }
}
