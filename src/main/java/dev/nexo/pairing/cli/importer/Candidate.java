package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;

/**
 * A sender in a source.
 *
 * @param where the place in the source, for people: a file name and an entry or a line
 * @param account the account on its channel
 * @param senderId the sender as the source writes it, not canonical yet
 * @param note the operator's note, or null
 * @param expiresAt when the admission ends, or null for never
 */
record Candidate(
    String where, ChannelAccount account, String senderId, String note, Instant expiresAt) {

  /** Returns the fields that identify the sender in a request. */
  JsonObjectBuilder key() {
    return Json.object()
        .add("channel", account.channel())
        .add("account_id", account.accountId())
        .add("sender_id", senderId);
  }
}
