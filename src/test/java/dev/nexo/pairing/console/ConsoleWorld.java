package dev.nexo.pairing.console;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.PushReceiver;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;

/**
 * A server, a browser that shows its console, and the strangers outside.
 *
 * @param server trusts this machine as a proxy, so that tests can have addresses of their own
 * @param operator the operator, beside the console
 * @param chromium the browser
 * @param page what it shows, signed in
 * @param push the push service of the browser
 */
record ConsoleWorld(
    PackagedServer server,
    ServerClient operator,
    Chromium chromium,
    ConsolePage page,
    PushReceiver push)
    implements AutoCloseable {

  /** The channel of the strangers: one without rules of its own for ids. */
  static final String CHANNEL = "matrix";

  static ConsoleWorld started() {
    PushReceiver push = new PushReceiver();
    PackagedServer server =
        new PackagedServer("console")
            .environment("PAIRING_TRUSTED_PROXIES", "127.0.0.1")
            .environment("PAIRING_NOTIFY_WEB_PUSH_ORIGINS", push.origin())
            .environment("PAIRING_POLICY_MATRIX_CLUB_GROUPS", "pair")
            .environment("PAIRING_POLICY_TELEGRAM_SHOP_CHALLENGES_PER_HOUR", "60")
            .start();
    Chromium chromium = new Chromium();
    ConsolePage page = new ConsolePage(chromium, server.port());
    page.load("pending").signIn(server.operatorPassword()).awaitLive();
    return new ConsoleWorld(server, server.operator(), chromium, page, push);
  }

  /** Writes to the bot; what the gate says, with the reason of a drop. */
  String write(String account, String sender, String text) {
    return write(account, sender, text, JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Writes to the bot, with a name that the sender claims. */
  String writeNamed(String account, String sender, String name) {
    JsonObject meta = Json.createObjectBuilder().add("name", name).build();
    return write(account, sender, "Hello?", meta);
  }

  private String write(String account, String sender, String text, JsonObject meta) {
    JsonObject message =
        Json.createObjectBuilder()
            .add("channel", CHANNEL)
            .add("account_id", account)
            .add("sender_id", sender)
            .add("text", text)
            .add("meta", meta)
            .build();
    JsonObject answer = operator.posted("/inbound", message);
    String reason = answer.getString("reason", "");
    return answer.getString("decision") + (reason.isEmpty() ? "" : " " + reason);
  }

  /** Writes something to the bot. */
  String write(String account, String sender) {
    return write(account, sender, "Hello?");
  }

  /** What was done on an account, newest first. */
  List<JsonObject> audit(String account) {
    return operator
        .get("/api/v1/audit?channel=" + CHANNEL + "&account_id=" + account)
        .json()
        .getJsonArray("audit")
        .getValuesAs(JsonObject.class);
  }

  /** The pending requests, up to 1000. */
  List<JsonObject> pending() {
    return operator
        .get("/api/v1/pending?limit=1000")
        .json()
        .getJsonArray("pending")
        .getValuesAs(JsonObject.class);
  }

  /** Denies every pending request, in calls of 200. */
  void denyAll() {
    for (List<JsonObject> all = pending(); !all.isEmpty(); all = pending()) {
      JsonArrayBuilder ids = Json.createArrayBuilder();
      all.stream().limit(200).forEach(one -> ids.add(one.getString("request_id")));
      JsonObjectBuilder call = Json.createObjectBuilder().add("action", "deny");
      operator.posted("/pending/decide", call.add("request_ids", ids).build());
    }
  }

  /** Denies the newest pending request, with a body such as a reason. */
  void denyLast(String body) {
    String path = "/pending/" + pending().get(pending().size() - 1).getString("request_id");
    JsonObject call = Json.createReader(new StringReader(body)).readObject();
    operator.posted(path + "/deny", call);
  }

  @Override
  public void close() {
    try (PackagedServer first = server;
        Chromium second = chromium;
        PushReceiver third = push) {
      // Closes each of them, also where the other one fails to.
    }
  }
}
