package dev.nexo.pairing.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.NoticeSettings;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.PushSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.config.WebhookSettings;
import dev.nexo.pairing.internal.OperatorCredential;
import dev.nexo.pairing.internal.OperatorNotices;
import dev.nexo.pairing.internal.PushNotices;
import dev.nexo.pairing.internal.PushNotices.Acted;
import dev.nexo.pairing.internal.PushNotices.Offer;
import dev.nexo.pairing.internal.PushNotices.Subscription;
import dev.nexo.pairing.keys.KeyRing;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.FixedPolicies;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.PushReceiver;
import dev.nexo.pairing.testing.PushReceiver.Call;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Web Push")
@OnEveryDatabase
class WebPushTest extends PairingContract {

  private static final Actor ANNA = new Actor("anna", Surface.CONSOLE);

  private PushReceiver browser;
  private volatile Optional<String> password = Optional.of("digest of the first password");

  @Override
  @BeforeEach
  protected void open() {
    browser = new PushReceiver();
    storage = database.create(directory.resolve("pairing.db"));
    pairing = server(true);
  }

  private PairingContainer server(boolean enabled) {
    return PairingContainer.over(directory.resolve("pairing.db"))
        .with(StorageSettings.class, storage)
        .with(NoticeSettings.class, new NoticeSettings(Optional.empty()))
        .with(WebhookSettings.class, new WebhookSettings(Optional.empty(), Optional.empty()))
        .with(PushSettings.class, new PushSettings(enabled, List.of(URI.create(browser.origin()))))
        .with(OperatorCredential.class, () -> password)
        .with(Policies.class, new FixedPolicies(AccountPolicy.CHALLENGE))
        .withOutbox()
        .include("keys.KeyRing")
        .include("notice.NoticePlanner")
        .include("push.WebPushWay")
        .open();
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  private PushNotices push() {
    return pairing.get(PushNotices.class);
  }

  private Offer offer(String endpoint) {
    JsonObject one = browser.subscription("phone");
    return new Offer(
        endpoint,
        one.getString("p256dh"),
        one.getString("auth"),
        "Phone",
        Optional.of("https://pairing.example.org"));
  }

  private Subscription subscribe(String name) {
    return push().subscribe(offer(browser.origin() + "/push/" + name), ANNA);
  }

  private PendingRequest request(String sender) {
    MessageContext message = new MessageContext("Hi, it is me", "{\"pushName\":\"Ana\"}", false);
    return ((Challenge) pairing.gate().decide(key(sender), AdmissionPolicy.CHALLENGE, message))
        .request();
  }

  private Call pushed(int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(browser.calls()).hasSize(count));
    return browser.last();
  }

  private boolean isAdmitted(String sender) {
    return write(sender) instanceof Decision.Admit;
  }

  @Test
  @DisplayName("A new request is pushed, encrypted, and its token approves it exactly once")
  void approvedOnce() throws Exception {
    Subscription phone = subscribe("phone");
    assertThat(phone.service()).isEqualTo("localhost");
    PendingRequest request = request("ana");
    Call call = pushed(1);

    JsonObject message = call.json();
    assertThat(message.getString("type")).isEqualTo("request");
    assertThat(message.getInt("number")).isEqualTo((int) request.number());
    assertThat(message.getString("sender_id")).isEqualTo("ana");
    assertThat(message.getString("claimed_name")).isEqualTo("Ana");
    assertThat(message.getString("text")).isEqualTo("Hi, it is me");
    assertThat(call.text()).doesNotContain(request.code().value(), request.requestId());
    assertThat(new String(call.body(), StandardCharsets.ISO_8859_1)).doesNotContain("ana", "Ana");
    assertThat(call.encoding()).isEqualTo("aes128gcm");
    assertThat(Integer.parseInt(call.ttl())).isBetween(3000, 3600);
    JsonObject claims = PushReceiver.claims(call, push().publicKey());
    assertThat(claims.getString("aud")).isEqualTo(browser.origin());
    assertThat(claims.getString("sub")).isEqualTo("https://pairing.example.org");
    assertThat(Instant.ofEpochSecond(claims.getJsonNumber("exp").longValue()))
        .isBetween(pairing.clock().instant(), pairing.clock().instant().plusSeconds(86_400));

    String token = message.getString("token");
    assertThat(token).hasSize(43);
    assertThat(stored()).doesNotContain(token);
    assertThat(push().act(token, true)).isEqualTo(new Acted.Done(request.number(), true));
    assertThat(isAdmitted("ana")).isTrue();
    assertThat(stored()).as("the message that notify_requester orders").contains(" approved ");
    assertThat(push().act(token, true)).isEqualTo(new Acted.Ended());
    assertThat(push().act(token, false)).isEqualTo(new Acted.Ended());
    assertThat(isAdmitted("ana")).isTrue();
    assertThat(audit())
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo(AuditAction.APPROVED.wireName());
              assertThat(entry.actor()).isEqualTo("anna");
            });
  }

  /** Everything that the tables of notices and the outbox contain. */
  private String stored() throws Exception {
    StringBuilder all = new StringBuilder();
    try (Connection connection = outside();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("pairing_push", "pairing_push_token", "pairing_outbox")) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              all.append(rows.getString(i)).append(' ');
            }
          }
        }
      }
    }
    return all.toString();
  }

  @Test
  @DisplayName("A token denies its own request and no other one")
  void denied() {
    subscribe("phone");
    PendingRequest request = request("ana");
    String token = pushed(1).json().getString("token");
    PendingRequest other = request("ben");
    assertThat(push().act(token, false)).isEqualTo(new Acted.Done(request.number(), false));
    assertThat(isAdmitted("ana")).isFalse();
    assertThat(pairing.store().pending(other.requestId())).isPresent();
    assertThat(push().act("A".repeat(43), true)).isEqualTo(new Acted.Unknown());
    assertThat(push().act("", true)).isEqualTo(new Acted.Unknown());
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("A token is invalid after its subscription or its request has ended")
  @CsvSource({
    "the browser was removed",
    "the password has changed",
    "the signing key was replaced",
    "the request has expired",
    "somebody else has denied it"
  })
  void ended(String why) {
    Subscription phone = subscribe("phone");
    PendingRequest request = request("ana");
    String token = pushed(1).json().getString("token");
    switch (why) {
      case "the browser was removed" -> assertThat(push().end(phone.id(), ANNA)).isTrue();
      case "the password has changed" -> password = Optional.of("another digest");
      case "the signing key was replaced" -> pairing.get(KeyRing.class).rotate(OPERATOR);
      case "the request has expired" -> pairing.clock().move(Duration.ofMinutes(61));
      default -> pairing.store().deny(request.requestId(), false, null, OPERATOR);
    }
    assertThat(push().act(token, true)).isNotInstanceOf(Acted.Done.class);
    assertThat(isAdmitted("ana")).isFalse();
  }

  @Test
  @DisplayName("A changed password or key ends subscriptions until they are renewed")
  void renewed() {
    subscribe("phone");
    String key = push().publicKey();
    password = Optional.of("another digest");
    assertThat(push().list()).extracting(Subscription::valid).containsExactly(false);
    assertThat(push().publicKey()).isEqualTo(key);
    subscribe("phone");
    assertThat(push().list()).extracting(Subscription::valid).containsExactly(true);
    pairing.get(KeyRing.class).rotate(OPERATOR);
    assertThat(push().list()).extracting(Subscription::valid).containsExactly(false);
    assertThat(push().publicKey()).isNotEqualTo(key);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("A push service that answers 404 or 410 ends the subscription")
  @CsvSource({"404", "410"})
  void gone(int status) {
    subscribe("phone");
    browser.answering(status);
    request("ana");
    pushed(1);
    await().untilAsserted(() -> assertThat(push().list()).isEmpty());
    assertThat(audit())
        .extracting(AuditEntry::action)
        .contains(AuditAction.PUSH_SUBSCRIBED.wireName(), AuditAction.PUSH_ENDED.wireName());
    await()
        .untilAsserted(
            () ->
                assertThat(pairing.notices().of(PairingEvent.NoticeAttempted.class))
                    .extracting(PairingEvent.NoticeAttempted::result)
                    .as("not counted as delivered")
                    .containsExactly(PairingEvent.NoticeAttempted.Result.FAILED));
  }

  @Test
  @DisplayName("After another failure the push is repeated; a redirect is not followed")
  void repeated() {
    subscribe("phone");
    browser.answering(302);
    request("ana");
    pushed(1);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              pairing.clock().move(Duration.ofSeconds(20));
              return browser.calls().size() > 1;
            });
    Call second = browser.last();
    assertThat(second.path()).isEqualTo("/push/phone");
    assertThat(push().act(second.json().getString("token"), true)).isInstanceOf(Acted.Done.class);
  }

  @Test
  @DisplayName("Requests within a minute are pushed together, without a token")
  void digest() {
    subscribe("phone");
    request("ana");
    pushed(1);
    request("ben");
    request("cleo");
    pairing.clock().move(Duration.ofSeconds(61));
    JsonObject digest = pushed(2).json();
    assertThat(digest.getString("type")).isEqualTo("digest");
    assertThat(digest.getInt("total")).isEqualTo(2);
    assertThat(digest.containsKey("token")).isFalse();
  }

  @Test
  @DisplayName("At most 20 browsers are subscribed; one that returns keeps its place")
  void limit() {
    for (int i = 0; i < PushNotices.MAX; i++) {
      subscribe("phone" + i);
    }
    subscribe("phone0");
    assertThatThrownBy(() -> subscribe("another")).isInstanceOf(InvalidValueException.class);
    assertThat(push().list()).hasSize(PushNotices.MAX);
    password = Optional.of("another digest");
    subscribe("another");
    assertThat(push().list()).hasSize(1);
  }

  @Test
  @DisplayName("A test reaches all browsers, and reports why it does not")
  void tried() {
    OperatorNotices notices = pairing.get(OperatorNotices.class);
    assertThat(notices.test("web_push"))
        .contains("No browser is subscribed; turn on notifications in the console");
    subscribe("one");
    subscribe("two");
    assertThat(notices.test("web_push")).isEmpty();
    assertThat(browser.calls()).extracting(Call::path).contains("/push/one", "/push/two");
    assertThat(browser.last().json().getString("type")).isEqualTo("test");
    browser.answering(403);
    assertThat(notices.test("web_push")).contains("The push service localhost answered 403");
  }

  @Test
  @DisplayName("If it is turned off, nothing is pushed and no token is valid")
  void off() {
    subscribe("phone");
    request("ana");
    String token = pushed(1).json().getString("token");
    pairing.close();
    pairing = server(false);
    assertThat(push().act(token, true)).isEqualTo(new Acted.Ended());
    assertThatThrownBy(() -> subscribe("two")).isInstanceOf(InvalidValueException.class);
    assertThat(pairing.get(WebPushWay.class).receivers()).isEmpty();
  }

  @Test
  @DisplayName("A long name and text fit into one message, if need be without the text")
  void large() {
    subscribe("phone");
    String wide = "漢".repeat(400);
    MessageContext message = new MessageContext(wide, "{\"pushName\":\"" + wide + "\"}", false);
    pairing.gate().decide(key("漢".repeat(80)), AdmissionPolicy.CHALLENGE, message);
    Call call = pushed(1);
    assertThat(call.body().length).isLessThanOrEqualTo(4096);
    assertThat(call.json().getString("token")).hasSize(43);
  }
}
