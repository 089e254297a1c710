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
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages to senders from the packaged server, over a real broker. */
@DisplayName("Messages to senders from the packaged server")
@NeedsProgram("nats-server")
class SenderMessagesIT {

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String SPANISH = "🔐 Se necesita autorización";

  private static NatsServer nats;
  private static PackagedServer server;
  private static ServerClient operator;
  private static RawNats bus;

  @BeforeAll
  static void start() {
    nats = NatsServer.started();
    server =
        new PackagedServer("sender-messages")
            .environment("PAIRING_BROKER_URL", nats.url())
            .environment("PAIRING_BUS_FORWARD_PREFIX", "agents.inbound")
            .environment("PAIRING_LANGUAGE", "de")
            .environment("PAIRING_POLICY_SMS_UNTOLD_NOTIFY_REQUESTER", ",")
            .environment("PAIRING_POLICY_SMS_DENIED_NOTIFY_REQUESTER", "denied")
            .environment("PAIRING_MESSAGES_SMS_OWN_FR_CHALLENGE", "Bonjour {name}: `go {code}`")
            .environment("PAIRING_MESSAGES_TELEGRAM_SHOP_DE_CODE", "`{code}`")
            .start();
    operator = server.operator();
    await()
        .atMost(SOON)
        .until(() -> server.anyone().get("/health/ready").body().contains("nats: connected"));
    bus = nats.client().subscribe("plugin.outbound.>");
  }

  @AfterAll
  static void stop() {
    try (NatsServer first = nats;
        PackagedServer second = server;
        RawNats third = bus) {
      // Closes each of them, even if another one fails to close.
    }
  }

  private static List<String> texts(String to) {
    return bus.received().stream()
        .map(message -> envelope(message).getJsonObject("payload"))
        .filter(payload -> payload.getString("to").equals(to))
        .map(payload -> payload.getString("text"))
        .toList();
  }

  private static List<String> texts(String to, int count) {
    await(count + " messages to " + to).atMost(SOON).until(() -> texts(to).size() >= count);
    assertThat(texts(to)).hasSize(count);
    return texts(to);
  }

  private static JsonObject writes(String account, String sender, JsonObjectBuilder meta) {
    return operator.posted(
        "/inbound",
        Json.createObjectBuilder(from("sms", account, sender)).add("meta", meta).build());
  }

  private static JsonObjectBuilder speaks(String language) {
    return Json.createObjectBuilder().add("language", language).add("name", "Ana `{code}`");
  }

  private static JsonObject pending(String account) {
    return operator
        .get("/api/v1/pending?account_id=" + account)
        .json()
        .getJsonArray("pending")
        .getJsonObject(0);
  }

  private static void decide(String account, String call, JsonObject body) {
    // The server records a little later that the broker has the challenge.
    await().atMost(SOON).until(() -> !pending(account).containsKey("undelivered"));
    String path = "/pending/" + pending(account).getString("request_id") + "/" + call;
    assertThat(operator.post(path, body).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("A Spanish stranger over HTTP gets the challenge and the approval in Spanish")
  void http() {
    writes("spain", "+34600000001", speaks("es-ES"));
    String challenge = texts("+34600000001", 1).get(0);
    assertThat(challenge).startsWith(SPANISH).contains("\n  nexo pair approve ");
    decide("spain", "approve", JsonObject.EMPTY_JSON_OBJECT);
    assertThat(texts("+34600000001", 2).get(1)).startsWith("✅ Ya tienes acceso.");
  }

  @Test
  @DisplayName("A Spanish stranger of Telegram over the bus gets both in Spanish and MarkdownV2")
  void telegram() {
    bus.publish(
        "plugin.inbound.telegram.spain",
        null,
        "{\"payload\":{\"message_id\":7,\"from\":{\"id\":4242,\"is_bot\":false,"
            + "\"first_name\":\"Ana\",\"language_code\":\"es\"},"
            + "\"chat\":{\"id\":4242,\"type\":\"private\"},\"text\":\"hola\"}}");
    String challenge = texts("4242", 1).get(0);
    assertThat(challenge).startsWith(SPANISH + "\\.").contains("\n  `nexo pair approve ");
    decide("spain", "approve", JsonObject.EMPTY_JSON_OBJECT);
    assertThat(texts("4242", 2).get(1))
        .isEqualTo("✅ Ya tienes acceso\\. Escribe de nuevo: tus mensajes ya llegan\\.");
  }

  @Test
  @DisplayName("The configured language and texts are used, and a name adds no markup")
  void configured() {
    writes("plain", "+4930000001", Json.createObjectBuilder());
    assertThat(texts("+4930000001", 1).get(0)).startsWith("🔐 Freigabe erforderlich.");
    writes("own", "+3310000001", speaks("fr"));
    assertThat(texts("+3310000001", 1).get(0)).matches("Bonjour Ana `\\{code}`: go [A-Z2-9]{8}");
    JsonObject undelivered =
        operator.posted(
            "/inbound",
            Json.createObjectBuilder(from("sms", "own", "+3310000002"))
                .add("meta", speaks("pt_BR"))
                .add("deliver", false)
                .build());
    assertThat(undelivered.getString("text"))
        .startsWith("🔐 É necessária")
        .endsWith(undelivered.getString("code"));
  }

  @Test
  @DisplayName("The code alone follows the challenge if a text for it is configured")
  void codeAlone() {
    operator.posted(
        "/inbound",
        Json.createObjectBuilder(from("telegram", "shop", "4343"))
            .add("meta", speaks("it"))
            .build());
    List<String> both = texts("4343", 2);
    assertThat(both.get(0)).startsWith("🔐 Autorizzazione");
    assertThat(both.get(1)).isEqualTo("`" + Messages.code(both.get(0)) + "`");
  }

  @Test
  @DisplayName("Operators see each text of an account in a language")
  void previews() {
    String path = "/api/v1/messages?channel=sms&account_id=own";
    JsonObject french = operator.get(path + "&language=fr").json();
    assertThat(french.getJsonArray("languages")).hasSize(10);
    assertThat(french.getJsonArray("messages").getJsonObject(0))
        .containsEntry("kind", Json.createValue("challenge"))
        .containsEntry("text", Json.createValue("Bonjour Ana: go K7M3XQ9P"))
        .containsEntry("configured", JsonObject.TRUE);
    assertThat(operator.get(path).json().getString("language")).isEqualTo("de");
    assertThat(operator.get(path + "&language=xx").status()).isEqualTo(400);
    assertThat(server.anyone().get(path).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("Who is told of a decision follows the setting and the call")
  void notifyRequester() {
    JsonObject nothing = JsonObject.EMPTY_JSON_OBJECT;
    writes("untold", "+1999000001", speaks("en"));
    texts("+1999000001", 1);
    decide("untold", "approve", nothing);
    writes("untold", "+1999000002", speaks("en"));
    texts("+1999000002", 1);
    decide("untold", "approve", Json.createObjectBuilder().add("notify", true).build());
    assertThat(texts("+1999000002", 2).get(1)).startsWith("✅ You are in.");
    writes("denied", "+1999000003", speaks("en"));
    texts("+1999000003", 1);
    decide("denied", "deny", nothing);
    assertThat(texts("+1999000003", 2).get(1)).isEqualTo("Your request was not approved.");
    writes("denied", "+1999000004", speaks("en"));
    texts("+1999000004", 1);
    decide("denied", "deny", Json.createObjectBuilder().add("block", true).build());
    writes("plain", "+1999000005", speaks("en"));
    texts("+1999000005", 1);
    decide("plain", "deny", nothing);
    // After a message to somebody else, nothing has come for those who are not to be told.
    writes("denied", "+1999000006", speaks("en"));
    texts("+1999000006", 1);
    decide("denied", "deny", nothing);
    texts("+1999000006", 2);
    assertThat(texts("+1999000001")).hasSize(1);
    assertThat(texts("+1999000004")).hasSize(1);
    assertThat(texts("+1999000005")).hasSize(1);
  }
}
