package dev.nexo.pairing.e2e;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The load of one thread: it challenges, approves, denies, seeds and revokes strangers on its own
 * account and on an account shared by all threads, until the server is killed.
 */
final class Load {

  private static final String CHANNEL = "whatsapp";
  private static final int SEEDED = 20;

  private final ServerClient client;
  private final AcknowledgedChanges ledger;
  private final int number;
  private final String shared;
  private final Random random;
  private int senders;

  /**
   * Creates the load of a thread.
   *
   * @param number the thread's number, below 100,000; part of its accounts and senders
   * @param shared the account that all threads share
   */
  Load(ServerClient client, AcknowledgedChanges ledger, int number, String shared, Random random) {
    this.client = client;
    this.ledger = ledger;
    this.number = number;
    this.shared = shared;
    this.random = random;
  }

  /** Runs until the connection breaks. */
  void run() {
    try {
      for (int i = 0; ; i++) {
        round("own-" + number + "-" + i);
      }
    } catch (IOException e) {
      // The server was killed, as intended.
    }
  }

  private void round(String account) throws IOException {
    SenderKey approved = stranger(account);
    SenderKey denied = stranger(account);
    SenderKey waiting = stranger(account);
    challenge(approved);
    challenge(denied);
    challenge(waiting);
    challenge(stranger(account)); // the fourth, who gets no slot
    SenderKey contended = stranger(shared);
    challenge(contended);
    decide(approved, "approve", "approved");
    decide(denied, "deny", "denied");
    seed(account);
    if (random.nextBoolean()) {
      revoke(approved);
    }
    if (random.nextBoolean()) {
      decide(contended, "approve", "approved");
    }
  }

  private SenderKey stranger(String account) {
    return new SenderKey(CHANNEL, account, "+1%05d%05d".formatted(number, senders++));
  }

  private void challenge(SenderKey sender) throws IOException {
    boolean deliver = random.nextBoolean();
    ledger.challenge(sender, deliver);
    JsonObject message =
        Json.createObjectBuilder(
                Messages.from(sender.channel(), sender.accountId(), sender.senderId()))
            .add("deliver", deliver)
            .build();
    ledger.change(
        "challenged",
        List.of(sender),
        () -> {
          JsonObject answer = post("/inbound", message);
          if (answer.getString("decision").equals("drop")) {
            check(answer.getString("reason").equals("max_pending"), answer);
            return false;
          }
          check(answer.getString("decision").equals("challenge"), answer);
          ledger.code(sender, answer.getString("code", null));
          return true;
        });
  }

  /** Refers to a request by its code if the answer contains it, otherwise by its id. */
  private void decide(SenderKey sender, String call, String action) throws IOException {
    if (!ledger.story(sender).acknowledged().equals(List.of("challenged"))) {
      return;
    }
    String code = ledger.story(sender).code();
    String reference = code == null ? requestId(sender) : code;
    ledger.change(
        action,
        List.of(sender),
        () -> {
          post("/pending/" + reference + "/" + call, JsonValue.EMPTY_JSON_OBJECT);
          return true;
        });
  }

  private String requestId(SenderKey sender) throws IOException {
    ServerClient.Answer answer =
        client.tryGet("/api/v1/pending?channel=" + CHANNEL + "&account_id=" + sender.accountId());
    return answer.json().getJsonArray("pending").stream()
        .map(JsonValue::asJsonObject)
        .filter(row -> row.getString("sender_id").equals(sender.senderId()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(sender + " is not pending: " + answer))
        .getString("request_id");
  }

  private void seed(String account) throws IOException {
    List<SenderKey> seeded = new ArrayList<>();
    JsonArrayBuilder ids = Json.createArrayBuilder();
    for (int i = 0; i < SEEDED; i++) {
      SenderKey sender = stranger(account);
      seeded.add(sender);
      ids.add(sender.senderId());
      ledger.story(sender);
    }
    JsonObject body =
        Json.createObjectBuilder()
            .add("channel", CHANNEL)
            .add("account_id", account)
            .add("sender_ids", ids)
            .build();
    ledger.change(
        "seeded",
        seeded,
        () -> {
          JsonObject answer = post("/allow-from/seed", body);
          check(answer.getInt("seeded") == SEEDED, answer);
          return true;
        });
  }

  private void revoke(SenderKey sender) throws IOException {
    JsonObject body = Messages.sender(sender.channel(), sender.accountId(), sender.senderId());
    ledger.change(
        "revoked",
        List.of(sender),
        () -> {
          JsonObject answer = post("/allow-from/revoke", body);
          check(answer.getInt("revoked") == 1, answer);
          return true;
        });
  }

  private JsonObject post(String path, JsonObject body) throws IOException {
    ServerClient.Answer answer = client.tryPost(path, body);
    check(answer.status() == 200, answer);
    return answer.json();
  }

  private static void check(boolean expected, Object answer) {
    if (!expected) {
      throw new AssertionError("unexpected: " + answer);
    }
  }
}
