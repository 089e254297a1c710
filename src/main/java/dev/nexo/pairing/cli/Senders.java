package dev.nexo.pairing.cli;

import jakarta.json.JsonObject;

/** Senders as the command line writes them. */
final class Senders {

  private Senders() {}

  /** {@code channel:account:sender} of a row, for people. */
  static String shown(JsonObject row) {
    return shown(
        Json.text(row, "channel"), Json.text(row, "account_id"), Json.text(row, "sender_id"));
  }

  /** {@code channel:account:sender} for people. */
  static String shown(String channel, String accountId, String senderId) {
    return ShownText.of(channel + ":" + accountId + ":" + senderId);
  }
}
