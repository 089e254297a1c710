package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawNats;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Owners who decide in their chats, on the packaged server with a real broker. */
@DisplayName("Owner chat on the packaged server")
@NeedsProgram("nats-server")
class OwnerChatIT {

  private static final int ROUNDS = 100;
  private static final String PHONE = "+15550009999";
  private static final String PARTNER = "+15550007777";
  private static final String TELEGRAM = "4242";

  private static NatsServer nats;
  private static PackagedServer server;
  private static ServerClient operator;
  private static RawNats bus;
  private static RawNats agent;

  @BeforeAll
  static void start() {
    nats = NatsServer.started();
    server =
        new PackagedServer("owner-chat")
            .environment("PAIRING_BROKER_URL", nats.url())
            .environment("PAIRING_BUS_FORWARD_PREFIX", "agents.inbound")
            .environment("PAIRING_BUS_SERVICE", "true")
            .environment("PAIRING_NOTIFY_OWNER_CHAT", "true")
            .environment("PAIRING_POLICY_AUTO_CHALLENGE", "true")
            .environment("PAIRING_POLICY_WHATSAPP_KEPT_HOLD_MESSAGES", "2")
            .environment(
                "PAIRING_MESSAGES_WHATSAPP_OWNERS_EN_OWNER", "No. {number} from {name}: {text}")
            .environment("PAIRING_POLICY_CHALLENGES_PER_HOUR", "100000")
            .start();
    operator = server.operator();
    soon("the broker")
        .until(() -> server.anyone().get("/health/ready").body().contains("nats: connected"));
    bus = nats.client().subscribe("plugin.outbound.>");
    agent = nats.client().subscribe("agents.>");
    seed("whatsapp", PHONE, "owner");
    seed("whatsapp", "owners", PARTNER, "owner");
    seed("telegram", TELEGRAM, "owner");
    seed("whatsapp", "+15550008888", "member");
  }

  @AfterAll
  static void stop() {
    try (NatsServer first = nats;
        PackagedServer second = server;
        RawNats third = bus;
        RawNats fourth = agent) {
      // Closes each of them, even if another one fails to close.
    }
  }

  /** Frees the slots, and leaves no request for the next notice. */
  @AfterEach
  void denyAll() {
    for (JsonValue row : operator.get("/api/v1/pending").json().getJsonArray("pending")) {
      operator.posted(
          "/pending/" + row.asJsonObject().getString("request_id") + "/deny",
          JsonValue.EMPTY_JSON_OBJECT);
    }
  }

  private static ConditionFactory soon(String what) {
    return await(what).pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(30));
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private static void seed(String channel, String sender, String role) {
    seed(channel, "main", sender, role);
  }

  private static void seed(String channel, String account, String sender, String role) {
    operator.posted(
        "/allow-from/seed",
        Json.createObjectBuilder()
            .add("channel", channel)
            .add("account_id", account)
            .add("role", role)
            .add("sender_ids", Json.createArrayBuilder().add(sender))
            .build());
  }

  private static void plugin(String subject, String payload) {
    agent.publish(
        "plugin.inbound." + subject, null, "{\"payload\":" + payload.replace('\'', '"') + "}");
  }

  /** The newest message to a receiver whose text has this part. */
  private static Optional<JsonObject> sent(String subject, String to, String part) {
    List<RawNats.Received> all = bus.received();
    for (int i = all.size() - 1; i >= 0; i--) {
      JsonObject payload = envelope(all.get(i)).getJsonObject("payload");
      if (all.get(i).subject().equals("plugin.outbound." + subject)
          && payload.getString("to").equals(to)
          && payload.getString("text").contains(part)) {
        return Optional.of(payload);
      }
    }
    return Optional.empty();
  }

  private static JsonObject awaitSent(String subject, String to, String part) {
    soon(part + " to " + to).until(() -> sent(subject, to, part).isPresent());
    return sent(subject, to, part).orElseThrow();
  }

  /** Lets the next request be told at once, as if a minute had passed. */
  private static void aMinutePasses() throws Exception {
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + server.database());
        Statement statement = database.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("UPDATE pairing_notice_plan SET planned_at = 0");
    }
  }

  /** A stranger writes; returns the number of the request. */
  private static long request(String sender) throws Exception {
    aMinutePasses();
    plugin("whatsapp.main", "{'from':'" + sender + "','text':'hi there','pushName':'Ana'}");
    String shown = "Sender: +" + sender + "\n";
    String text = awaitSent("whatsapp.main", PHONE, shown).getString("text");
    return Long.parseLong(text.replaceAll("(?s).*New request #(\\d+)\n.*", "$1"));
  }

  private static boolean isOpen(long number) {
    return operator.get("/api/v1/pending").body().contains("\"number\":" + number + ",");
  }

  private static boolean reached(String part) {
    return agent.received().stream()
        .anyMatch(m -> m.subject().startsWith("agents.") && m.body().contains(part));
  }

  @Test
  @DisplayName("A stranger is admitted by an owner's answer, which the bot does not get")
  void answer() throws Exception {
    long number = request("573001110001");
    JsonObject notice = awaitSent("whatsapp.main", PHONE, "#" + number);
    assertThat(notice.getString("text"))
        .contains("Claims the name: “Ana”", "whatsapp, account main", "“hi there”");
    JsonObject challenge = awaitSent("whatsapp.main", "+573001110001", "nexo pair approve");
    assertThat(notice.getString("text"))
        .doesNotContain(Messages.code(challenge.getString("text").replaceAll("(?s).*approve", "")));
    plugin("whatsapp.main", "{'from':'" + PHONE + "','text':'Approve #" + number + "'}");
    awaitSent("whatsapp.main", PHONE, "#" + number + " is approved");
    plugin("whatsapp.main", "{'from':'573001110001','text':'in at last'}");
    plugin("whatsapp.main", "{'from':'" + PHONE + "','text':'good morning'}");
    soon("the admitted message").until(() -> reached("in at last") && reached("good morning"));
    assertThat(reached("Approve #")).isFalse();
    String audit = operator.get("/api/v1/audit?limit=20").body();
    assertThat(audit).contains("\"actor\":\"whatsapp:main:" + PHONE + "\"", "\"surface\":\"chat\"");
  }

  @Test
  @DisplayName("Owner and stranger are notified, and the stranger's first message arrives once")
  void wholeStory() throws Exception {
    aMinutePasses();
    String from = "{'from':'573001110009','pushName':'Ana','text':'";
    plugin("whatsapp.kept", from + "is there a table for four'}");
    String number =
        awaitSent("whatsapp.main", PHONE, "Sender: +573001110009\n")
            .getString("text")
            .replaceAll("(?s).*New request #(\\d+)\n.*", "$1");
    awaitSent("whatsapp.kept", "+573001110009", "nexo pair approve");
    awaitSent(
        "whatsapp.owners", PARTNER, "No. " + number + " from “Ana”: “is there a table for four”");
    assertThat(reached("a table for four")).isFalse();

    plugin("whatsapp.main", "{'from':'" + PHONE + "','text':'approve " + number + "'}");
    JsonObject told = awaitSent("whatsapp.kept", "+573001110009", "✅");
    assertThat(told.getString("text")).doesNotContain("write again");
    plugin("whatsapp.kept", from + "and one more thing'}");
    soon("both messages").until(() -> reached("a table for four") && reached("one more thing"));
    assertThat(agent.received())
        .filteredOn(message -> message.subject().equals("agents.inbound.whatsapp.kept"))
        .extracting(RawNats.Received::body)
        .satisfiesExactly(
            first -> assertThat(first).contains("a table for four"),
            second -> assertThat(second).contains("one more thing"));
  }

  @Test
  @DisplayName("A press on Telegram decides once, and only the owner's own")
  void press() throws Exception {
    long number = request("573001110002");
    JsonObject notice = awaitSent("telegram.main", TELEGRAM, "\\#" + number);
    assertThat(notice.getString("parse_mode")).isEqualTo("MarkdownV2");
    var row = notice.getJsonObject("reply_markup").getJsonArray("inline_keyboard").getJsonArray(0);
    assertThat(row.toString()).contains("\"Approve\"", "\"Deny\"", "\"Block\"");
    String data = row.getJsonObject(0).getString("callback_data");
    assertThat(data.length()).isLessThanOrEqualTo(64);
    String press = "'callback_query':{'id':'1','from':{'id':%s},'data':'" + data + "'%s}}";
    seed("telegram", "77", "member");
    plugin("telegram.main", "{'from':77," + press.formatted("77", ""));
    plugin("telegram.main", "{'from':" + TELEGRAM + "," + press.formatted("77", ""));
    plugin(
        "telegram.main",
        "{'from':"
            + TELEGRAM
            + ","
            + press.formatted(TELEGRAM, ",'message':{'chat':{'id':-5,'type':'group'}}"));
    plugin("telegram.main", "{'from':" + TELEGRAM + ",'text':'after the attacks'}");
    soon("what was written after").until(() -> reached("after the attacks"));
    assertThat(isOpen(number)).isTrue();
    plugin("telegram.main", "{'from':" + TELEGRAM + "," + press.formatted(TELEGRAM, ""));
    awaitSent("telegram.main", TELEGRAM, "\\#" + number + " is approved");
    JsonObject again =
        json(
            "{'channel':'telegram','account_id':'main','sender_id':'"
                + TELEGRAM
                + "','meta':{"
                + press.formatted(TELEGRAM, "")
                + "}");
    assertThat(operator.posted("/inbound", again).getJsonObject("command"))
        .isEqualTo(json("{'action':'unknown_request','number':" + number + "}"));
  }

  @Test
  @DisplayName("Commands over HTTP and the bus service are answered as such")
  void callers() throws Exception {
    long number = request("573001110003");
    String from = "'channel':'whatsapp','account_id':'main','sender_id':'" + PHONE + "'";
    JsonObject foreign =
        json("{" + from + ",'text':'deny " + number + "','meta':{'is_group':true}}");
    assertThat(operator.posted("/inbound", foreign).getString("decision")).isEqualTo("drop");
    JsonObject forwarded =
        json("{" + from + ",'text':'deny " + number + "','meta':{'forward_date':1}}");
    assertThat(operator.posted("/inbound", forwarded)).doesNotContainKey("command");
    JsonObject answer =
        operator.posted("/inbound", json("{" + from + ",'text':'ablehnen " + number + "'}"));
    assertThat(answer.getString("decision")).isEqualTo("admit");
    assertThat(answer.getString("role")).isEqualTo("owner");
    assertThat(answer.getJsonObject("command"))
        .isEqualTo(json("{'action':'denied','number':" + number + "}"));
    try (RawNats inbox = nats.client().subscribe("inbox.owner")) {
      inbox.flush();
      inbox.publish(
          "pairing.inbound",
          "inbox.owner",
          ("{" + from + ",'text':'block 999'}").replace('\'', '"'));
      assertThat(inbox.awaitReceived(1).get(0).body())
          .contains("\"command\":{\"action\":\"unknown_request\",\"number\":999}");
    }
  }

  @Test
  @DisplayName("Neither strangers, members nor what owners forward decide on the bus")
  void attackers() throws Exception {
    long number = request("573001110004");
    String text = "'text':'approve " + number + "'";
    plugin("whatsapp.main", "{'from':'573001110004'," + text + "}");
    plugin("whatsapp.main", "{'from':'573001110005'," + text + "}");
    plugin("whatsapp.main", "{'from':'15550008888'," + text + "}");
    plugin("whatsapp.main", "{'from':'" + PHONE + "','isForwarded':true," + text + "}");
    plugin("whatsapp.main", "{'from':'" + PHONE + "','is_group':true," + text + "}");
    plugin("whatsapp.main", "{'from':'" + PHONE + "','chat':'12@g.us'," + text + "}");
    plugin("whatsapp.main", "{'from':'" + PHONE + "','edited':true," + text + "}");
    plugin("whatsapp.main", "{'from':'" + PHONE + "','fromMe':true," + text + "}");
    plugin("whatsapp.second", "{'from':'" + PHONE + "'," + text + "}");
    for (String words :
        List.of("/approve_", "/approve", "> approve ", "please approve ", "approve 1 ")) {
      plugin("whatsapp.main", "{'from':'" + PHONE + "','text':'" + words + number + "'}");
    }
    plugin("whatsapp.main", "{'from':'" + PHONE + "','text':'after all of them'}");
    soon("what was written after").until(() -> reached("after all of them"));
    assertThat(isOpen(number)).isTrue();
    soon("what the owner forwarded").until(() -> reached("isForwarded"));
  }

  @Test
  @DisplayName("Of two owners the first decides; a former owner's button decides nothing")
  void severalOwners() throws Exception {
    String former = "4343";
    seed("telegram", former, "owner");
    long number = request("573001110006");
    String data =
        awaitSent("telegram.main", former, "\\#" + number)
            .getJsonObject("reply_markup")
            .getJsonArray("inline_keyboard")
            .getJsonArray(0)
            .getJsonObject(0)
            .getString("callback_data");
    operator.posted(
        "/allow-from/update",
        json("{'channel':'telegram','account_id':'main','sender_id':'4343','role':'member'}"));
    String from = "{'from':" + former + ",";
    plugin(
        "telegram.main",
        from + "'callback_query':{'from':{'id':" + former + "},'data':'" + data + "'}}");
    plugin("telegram.main", from + "'text':'no owner any more'}");
    soon("what was written after").until(() -> reached("no owner any more"));
    assertThat(isOpen(number)).isTrue();
    plugin("whatsapp.owners", "{'from':'" + PARTNER + "','text':'DENY ＃" + number + "!'}");
    awaitSent("whatsapp.owners", PARTNER, "#" + number + " is denied");
    plugin("whatsapp.main", "{'from':'" + PHONE + "','text':'approve " + number + "'}");
    awaitSent("whatsapp.main", PHONE, "#" + number + " is not open");
    plugin("whatsapp.main", "{'from':'573001110006','text':'still a stranger'}");
    plugin("whatsapp.main", "{'from':'" + PHONE + "','text':'after the stranger'}");
    soon("what was written after").until(() -> reached("after the stranger"));
    assertThat(reached("still a stranger")).isFalse();
  }

  @Test
  @DisplayName("Of 100 requests, the times to the owner's message and to the admission")
  void times() throws Exception {
    List<Long> told = new ArrayList<>();
    List<Long> admitted = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      String stranger = "5730022200" + (10 + i / 10) + (i % 10);
      aMinutePasses();
      long start = System.nanoTime();
      plugin("whatsapp.main", "{'from':'" + stranger + "','text':'hi'}");
      String text =
          awaitSent("whatsapp.main", PHONE, "Sender: +" + stranger + "\n").getString("text");
      told.add(System.nanoTime() - start);
      String number = text.replaceAll("(?s).*New request #(\\d+)\n.*", "$1");
      start = System.nanoTime();
      plugin("whatsapp.main", "{'from':'" + PHONE + "','text':'approve " + number + "'}");
      plugin("whatsapp.main", "{'from':'" + stranger + "','text':'round " + i + ".'}");
      String round = "round " + i + ".";
      soon(round).until(() -> reached(round));
      admitted.add(System.nanoTime() - start);
    }
    System.out.printf(
        "Owner chat, %d rounds: message to owner's message p95 %d ms, answer to admitted p95 %d ms%n",
        ROUNDS, p95(told), p95(admitted));
    assertThat(p95(told)).isLessThan(5_000);
    assertThat(p95(admitted)).isLessThan(5_000);
  }

  private static long p95(List<Long> nanos) {
    Collections.sort(nanos);
    return nanos.get(nanos.size() * 95 / 100) / 1_000_000;
  }
}
