package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.envelope;
import static dev.nexo.pairing.e2e.Messages.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawNats;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bus filter and {@code meta} on the packaged server with a real broker. */
@DisplayName("Kinds of messages on the packaged server")
@NeedsProgram("nats-server")
class MessageKindsIT {

  private static final Duration SOON = Duration.ofSeconds(15);

  private static NatsServer nats;
  private static PackagedServer server;
  private static ServerClient operator;
  private static RawNats bus;
  private static RawNats agent;

  @BeforeAll
  static void start() {
    nats = NatsServer.started();
    server =
        new PackagedServer("message-kinds")
            .environment("PAIRING_BROKER_URL", nats.url())
            .environment("PAIRING_BUS_FORWARD_PREFIX", "agents.inbound")
            .environment("PAIRING_POLICY_MATRIX_QUIET_CHALLENGE", "silent")
            .environment("PAIRING_POLICY_MATRIX_FEW_CHALLENGES_PER_HOUR", "2")
            .environment("PAIRING_POLICY_TELEGRAM_TEAM_GROUPS", "pair")
            .start();
    operator = server.operator();
    await()
        .atMost(SOON)
        .until(() -> server.anyone().get("/health/ready").body().contains("nats: connected"));
    bus = nats.client().subscribe("plugin.outbound.>");
    agent = nats.client().subscribe("agents.>");
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

  private static RawNats.Received published(String to) {
    await("a challenge for " + to).atMost(SOON).until(() -> all(to).findAny().isPresent());
    return all(to).findAny().orElseThrow();
  }

  private static Stream<RawNats.Received> all(String to) {
    return bus.received().stream()
        .filter(message -> envelope(message).getJsonObject("payload").getString("to").equals(to));
  }

  private static void plugin(String subject, String payload) {
    agent.publish("plugin.inbound." + subject, null, "{\"payload\":" + payload + "}");
  }

  private static String drops(String account) {
    return operator.get("/api/v1/dropped?account_id=" + account).body();
  }

  @Test
  @DisplayName("A message in a group is dropped over the bus and over HTTP")
  void group() {
    String payload =
        "{\"kind\":\"message\",\"from\":\"15550001111@s.whatsapp.net\","
            + "\"chat\":\"120363000000000000@g.us\",\"is_group\":true,\"text\":\"hi\"}";
    plugin("whatsapp.groups", payload);
    await("the drop").atMost(SOON).until(() -> drops("groups").contains("\"reason\":\"group\""));
    assertThat(drops("groups")).contains("\"sender_id\":\"+15550001111\"", "\"text\":\"hi\"");
    operator.posted(
        "/allow-from/seed",
        Json.createObjectBuilder()
            .add("channel", "whatsapp")
            .add("account_id", "groups")
            .add("sender_ids", Json.createArrayBuilder().add("+15550001111"))
            .build());
    JsonObject meta = Json.createReader(new StringReader(payload)).readObject();
    JsonObject request =
        Json.createObjectBuilder(from("whatsapp", "groups", "15550001111@s.whatsapp.net"))
            .add("meta", meta)
            .build();
    assertThat(operator.posted("/inbound", request).getString("reason")).isEqualTo("group");
    plugin("whatsapp.groups", payload);
    plugin("whatsapp.groups", "{\"from\":15550001111,\"text\":\"a number, alone\"}");
    await("the message written to the bot alone")
        .atMost(SOON)
        .until(() -> agent.received().stream().anyMatch(m -> m.body().contains("a number, alone")));
    assertThat(agent.received()).noneMatch(message -> message.body().contains("@g.us"));
    assertThat(all("+15550001111")).isEmpty();
    assertThat(operator.get("/api/v1/pending?account_id=groups").json().getJsonArray("pending"))
        .isEmpty();
  }

  @Test
  @DisplayName("A forwarded message says the role and labels, whatever headers it came with")
  void roles() {
    JsonObject key =
        Json.createObjectBuilder().add("channel", "matrix").add("account_id", "roles").build();
    operator.posted(
        "/allow-from/seed",
        Json.createObjectBuilder(key)
            .add("sender_ids", Json.createArrayBuilder().add("ana"))
            .add("role", "owner")
            .add("labels", Json.createArrayBuilder().add("vip").add("team_1"))
            .add("idle_secs", 3600)
            .build());
    JsonObject message = from("matrix", "roles", "ana");
    assertThat(operator.posted("/inbound", message).toString())
        .contains("\"role\":\"owner\",\"labels\":[\"vip\",\"team_1\"]");
    assertThat(forwarded("first")).contains("Pairing-Role:owner", "Pairing-Labels:vip,team_1");

    JsonObject update =
        Json.createObjectBuilder(key)
            .add("sender_id", "ana")
            .add("role", "guest")
            .addNull("labels")
            .build();
    assertThat(operator.posted("/allow-from/update", update).getString("role")).isEqualTo("guest");
    assertThat(forwarded("second"))
        .contains("Pairing-Role:guest")
        .doesNotContain("Pairing-Labels", "owner");

    await("the time of the message")
        .atMost(Duration.ofSeconds(45))
        .until(
            () ->
                operator
                    .get("/api/v1/allow-from?account_id=roles")
                    .body()
                    .contains("\"last_seen_at\":"));
    assertThat(operator.get("/api/v1/audit?account_id=roles").body())
        .contains("role owner to guest", "role owner; labels vip, team_1; idle 3600 s");
  }

  /** Returns the headers of a message that arrives with forged ones, without spaces. */
  private static String forwarded(String text) {
    agent.publishWithHeaders(
        "plugin.inbound.matrix.roles",
        "Pairing-Role: owner\r\npairing-labels: admin\r\n",
        "{\"payload\":{\"from\":\"ana\",\"text\":\"" + text + "\"}}");
    await("the message " + text)
        .atMost(SOON)
        .until(() -> agent.received().stream().anyMatch(m -> m.body().contains(text)));
    return agent.received().stream()
        .filter(message -> message.body().contains(text))
        .findAny()
        .orElseThrow()
        .headers()
        .replace(" ", "");
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "group | slack | 'type':'app_mention','channel':'C024BE91L' | Slack",
        "group | teams | 'conversation':{'conversationType':'groupChat','id':'19:x@thread.v2'} | Teams",
        "group | line | 'events':[{'source':{'type':'group','groupId':'C1','userId':'U1'}}] | LINE",
        "group | discord | 'raw':{'t':'MESSAGE_CREATE','d':{'guild_id':'9'}} | Discord",
        "group | baileys | 'messages':[{'key':{'remoteJid':'1203@g.us'}}] | Baileys",
        "group | cloudapi | 'entry':[{'changes':[{'value':{'messages':[{'group_id':'g'}]}}]}] | Cloud API",
        "group | nested | 'a':{'b':{'c':{'d':{'e':{'f':{'isGroup':true}}}}}} | deep inside",
        "group | hidden | 'chat':'\u200e-100123' | an id behind an invisible mark",
        "group | prefixed | 'chat':'telegram:-100123' | an id behind a name",
        "group | kindnames | 'session_type':'group' | another name of the chat's kind",
        "own_echo | twilio | 'direction':'outbound-api' | Twilio: sent by a program",
        "own_echo | gramjs | 'className':'Message','out':true | GramJS",
        "bot | chatwoot | 'sender':{'type':'agent_bot'} | Chatwoot"
      })
  @DisplayName("A private approval admits no message in a group, no echo and no bot")
  void unwanted(String reason, String channel, String signs, String why) {
    operator.posted(
        "/allow-from/seed",
        Json.createObjectBuilder()
            .add("channel", channel)
            .add("sender_ids", Json.createArrayBuilder().add("ana"))
            .build());
    String payload = ("{'from':'ana','text':'in the group'," + signs + "}").replace('\'', '"');
    plugin(channel, payload);
    plugin(channel, "{\"from\":\"ana\",\"text\":\"alone on " + channel + "\"}");
    await("the private message")
        .atMost(SOON)
        .until(() -> agent.received().stream().anyMatch(m -> m.body().contains("on " + channel)));
    assertThat(agent.received()).noneMatch(message -> message.body().contains("in the group"));
    JsonObject request =
        Json.createObjectBuilder(from(channel, "default", "ana"))
            .add("meta", Json.createReader(new StringReader(payload)).readObject())
            .build();
    assertThat(operator.posted("/inbound", request).getString("reason")).as(why).isEqualTo(reason);
  }

  @Test
  @DisplayName("A stranger borrows no approved group, and no lost id is approved")
  void forged() {
    operator.posted(
        "/allow-from/seed",
        Json.createObjectBuilder()
            .add("channel", "telegram")
            .add("account_id", "team")
            .add("sender_ids", Json.createArrayBuilder().add("-100777"))
            .build());
    for (String payload :
        List.of(
            "'from':50999,'is_direct':true,'chat_id':50999,'content':{'group_id':-100777}",
            "'from':'undefined','text':'lost'",
            "'from':['+15550009999'],'text':'in a list'",
            "'from':50997,'type':'block_actions','message':{'bot_id':'B1'}",
            "'from':50998,'chat':'telegram:-100777','text':'in the right group'")) {
      plugin("telegram.team", ("{" + payload + "}").replace('\'', '"'));
    }
    await("the member's message").atMost(SOON).until(() -> isPassed("in the right group"));
    for (String sender : List.of("\"50999\"", "\"undefined\"", "15550009999")) {
      await("the drop of " + sender).atMost(SOON).until(() -> drops("team").contains(sender));
    }
    await("the request of a press").atMost(SOON).until(() -> pendingOn("team").contains("50997"));
    assertThat(pendingOn("team")).doesNotContain("50999", "undefined");
    assertThat(isPassed("50999")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "telegram, -1001234567890, true",
    "telegram, -1001234567890, false",
    "noadapter, -1001234567890, true",
    "noadapter, -1001234567890, false"
  })
  @DisplayName("A negative number as the sender is dropped with any policy")
  void negativeSender(String channel, String sender, boolean challenge) {
    JsonObject message =
        Json.createObjectBuilder()
            .add("channel", channel)
            .add("sender_id", sender)
            .add("text", "x")
            .add("auto_challenge", challenge)
            .build();
    JsonObject answer = operator.posted("/inbound", message);
    assertThat(answer.getString("decision")).isEqualTo("drop");
    assertThat(answer.getString("reason")).isEqualTo("group");
    assertThat(all(sender)).isEmpty();
    assertThat(
            operator
                .get("/api/v1/pending?account_id=default&channel=" + channel)
                .json()
                .getJsonArray("pending"))
        .isEmpty();
    assertThat(operator.get("/api/v1/dropped?channel=" + channel).body()).contains(sender);
  }

  @Test
  @DisplayName("A silent account and a contact get nothing, and operators see the requests")
  void silent() {
    plugin("matrix.quiet", "{\"from\":\"@bus:x\",\"text\":\"hi\"}");
    plugin("matrix.main", "{\"from\":\"@contact:x\",\"text\":\"hi\",\"contact\":true}");
    plugin("matrix.main", "{\"from\":\"@old:x\",\"text\":\"hi\",\"is_history\":true}");
    JsonObject http =
        Json.createObjectBuilder(from("matrix", "quiet", "@http:x")).add("deliver", false).build();
    assertThat(operator.posted("/inbound", http))
        .containsEntry("decision", Json.createValue("challenge"))
        .containsEntry("delivery", Json.createValue("silent"))
        .doesNotContainKeys("code", "text");
    plugin("matrix.main", "{\"from\":\"@other:x\",\"text\":\"hi\"}");
    published("@other:x");
    assertThat(pendingOn("quiet")).contains("\"@bus:x\"", "\"@http:x\"", "\"number\"");
    assertThat(pendingOn("main")).contains("\"@contact:x\"").doesNotContain("@old:x");
    assertThat(drops("main")).contains("\"@old:x\"", "\"not_a_message\"");
    assertThat(Stream.of("@bus:x", "@http:x", "@contact:x", "@old:x").flatMap(MessageKindsIT::all))
        .isEmpty();
  }

  private static String pendingOn(String account) {
    return operator.get("/api/v1/pending?account_id=" + account).body();
  }

  @Test
  @DisplayName("An account challenges as many strangers an hour as its budget allows")
  void budget() {
    for (String sender : List.of("@first:x", "@second:x")) {
      assertThat(operator.posted("/inbound", from("matrix", "few", sender)).getString("decision"))
          .isEqualTo("challenge");
    }
    assertThat(operator.posted("/inbound", from("matrix", "few", "@third:x")).getString("reason"))
        .isEqualTo("budget");
    assertThat(operator.get("/api/v1/doctor").body()).contains("NXP-1134", "matrix:few");
  }

  private static void inGroup(long group, int from, String text) {
    String type = group < -1_000_000_000_000L ? "supergroup" : "group";
    plugin(
        "telegram.team",
        "{\"from\":%d,\"chat\":{\"id\":%d,\"type\":\"%s\"},\"text\":\"%s\"}"
            .formatted(from, group, type, text));
  }

  private static boolean isPassed(String text) {
    return agent.received().stream().anyMatch(message -> message.body().contains(text));
  }

  private static JsonObject pendingRequest(String sender) {
    await("a request of " + sender).atMost(SOON).until(() -> pendingOn("team").contains(sender));
    return operator.get("/api/v1/pending?account_id=team").json().getJsonArray("pending").stream()
        .map(row -> row.asJsonObject())
        .filter(row -> row.getString("sender_id").equals(sender))
        .findFirst()
        .orElseThrow();
  }

  private static void approve(JsonObject request, String members) {
    operator.posted(
        "/pending/" + request.getInt("number") + "/approve",
        Json.createObjectBuilder().add("members", members).add("notify", true).build());
  }

  @Test
  @DisplayName("A group is approved, limited to its approved members, and becomes a supergroup")
  void approvedGroup() {
    inGroup(-4123, 50101, "hello group");
    JsonObject request = pendingRequest("-4123");
    assertThat(request.getBoolean("group")).isTrue();
    approve(request, "approved");
    inGroup(-4123, 50101, "a stranger in the group");
    plugin("telegram.team", "{\"from\":50101,\"text\":\"in private\"}");
    assertThat(published("50101").subject()).isEqualTo("plugin.outbound.telegram.team");
    approve(pendingRequest("50101"), "all");
    inGroup(-4123, 50101, "a member of the group");
    await("the member's message").atMost(SOON).until(() -> isPassed("a member of the group"));
    plugin(
        "telegram.team",
        "{\"from\":1087968824,\"chat\":{\"id\":-1001234567890,\"type\":\"supergroup\"},"
            + "\"migrate_from_chat_id\":-4123}");
    inGroup(-1001234567890L, 50102, "migrate_from_chat_id: -4123");
    inGroup(-1001234567890L, 50101, "a member of the supergroup");
    await("the member's next message")
        .atMost(SOON)
        .until(() -> isPassed("a member of the supergroup"));
    assertThat(agent.received())
        .noneMatch(message -> message.body().contains("a stranger in the group"))
        .noneMatch(message -> message.body().contains("50102"));
    JsonObject all =
        Json.createObjectBuilder(Messages.sender("telegram", "team", "-1001234567890"))
            .add("members", "all")
            .build();
    assertThat(operator.posted("/allow-from/update", all).getString("members")).isEqualTo("all");
    inGroup(-1001234567890L, 50102, "anybody in the supergroup");
    await("anybody's message").atMost(SOON).until(() -> isPassed("anybody in the supergroup"));
    assertThat(operator.get("/api/v1/audit?account_id=team").body())
        .contains("\"moved\"", "from -4123");
    assertThat(bus.received()).noneMatch(message -> message.body().contains("\"to\":\"-"));
  }

  @Test
  @DisplayName("Events pass, pictures are challenged, and answers go where messages came from")
  void events() {
    for (String kind : List.of("connected", "qr", "bridge_timeout")) {
      plugin("whatsapp", "{\"kind\":\"" + kind + "\"}");
    }
    plugin("matrix", "{\"kind\":\"message\",\"from\":\"@unnamed:x\",\"media_kind\":\"image\"}");
    plugin("matrix.default", "{\"kind\":\"location\",\"from\":\"@named:x\",\"latitude\":1}");
    assertThat(published("@unnamed:x").subject()).isEqualTo("plugin.outbound.matrix");
    assertThat(published("@named:x").subject()).isEqualTo("plugin.outbound.matrix.default");
    await("the events").atMost(SOON).until(() -> agent.received().size() >= 3);
    assertThat(agent.received()).filteredOn(m -> m.body().contains("bridge_timeout")).hasSize(1);
    String halfEmoji =
        "{\"channel\":\"signal\",\"sender_id\":\"half\",\"text\":\"a\\ud83d \\u0000b\"}";
    assertThat(operator.post("/inbound", halfEmoji).json().getString("decision"))
        .isEqualTo("challenge");
    assertThat(published("half").subject()).isEqualTo("plugin.outbound.signal");
  }
}
