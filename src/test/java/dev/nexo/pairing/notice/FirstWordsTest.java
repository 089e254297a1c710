package dev.nexo.pairing.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.MessageContext.Hold;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.NoticeSettings;
import dev.nexo.pairing.config.OwnerChatSettings;
import dev.nexo.pairing.config.PushSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.config.WebhookSettings;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.internal.OperatorCredential;
import dev.nexo.pairing.internal.PushNotices;
import dev.nexo.pairing.internal.PushNotices.Offer;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.store.MessageSealer;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.PushReceiver;
import dev.nexo.pairing.testing.WebhookReceiver;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("First words of held messages in notices")
@OnEveryDatabase
class FirstWordsTest extends PairingContract {

  private static final String WORDS = "is there a zebra";

  /** What the channel's adapter sent. */
  private final List<Reply> sent = new CopyOnWriteArrayList<>();

  private WebhookReceiver webhook;
  private PushReceiver browser;
  private volatile boolean unreachable;

  private final class Phone implements PairingChannelAdapter {
    @Override
    public String channelId() {
      return "phone";
    }

    @Override
    public Optional<String> normalizeSender(String raw) {
      return Optional.of(raw);
    }

    @Override
    public void sendReply(Reply reply) {
      if (unreachable) {
        throw new IllegalStateException("unreachable, for this test");
      }
      sent.add(reply);
    }
  }

  @Override
  @BeforeEach
  protected void open() {
    webhook = new WebhookReceiver();
    browser = new PushReceiver();
    storage = database.create(directory.resolve("pairing.db"));
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .with(NoticeSettings.class, new NoticeSettings(Optional.empty()))
            .with(
                WebhookSettings.class,
                new WebhookSettings(
                    Optional.of(URI.create(webhook.url())), Optional.of(WebhookReceiver.SECRET)))
            .with(PushSettings.class, new PushSettings(true, List.of(URI.create(browser.origin()))))
            .with(OwnerChatSettings.class, new OwnerChatSettings(true))
            .with(OperatorCredential.class, () -> Optional.of("digest of a password"))
            .with(PairingChannelAdapter.class, new Phone())
            .withOutbox()
            .without(MessageSealer.class)
            .include("keys.KeyRing")
            .include("setupcode.SpentNonces")
            .include("session.SessionRepository")
            .include("held.HeldCourier")
            .include("notice.NoticePlanner")
            .include("notice.chat.OwnerChat")
            .include("push.WebPushWay")
            .open();
    pairing
        .store()
        .seed(
            new ChannelAccount("phone", "main"),
            List.of(new SeedEntry("boss", null, Role.OWNER, List.of(), null)),
            OPERATOR);
    JsonObject keys = browser.subscription("phone");
    pairing
        .get(PushNotices.class)
        .subscribe(
            new Offer(
                browser.origin() + "/push/phone",
                keys.getString("p256dh"),
                keys.getString("auth"),
                "Phone",
                Optional.empty()),
            new Actor("anna", Surface.CONSOLE));
  }

  @AfterEach
  void closeReceivers() {
    webhook.close();
    browser.close();
  }

  private PendingRequest request(String account, String sender, String text) {
    MessageContext message =
        new MessageContext(
            null, "{}", false, true, false, Hold.ofText(2, Hold.Route.CALLER, text, "{}"), null);
    SenderKey key = new SenderKey("phone", account, sender);
    return ((Challenge) pairing.gate().decide(key, AdmissionPolicy.CHALLENGE, message)).request();
  }

  private List<String> stored() {
    return pairing
        .get(Database.class)
        .query(
            statements ->
                statements.list(
                    "SELECT payload FROM pairing_outbox WHERE payload IS NOT NULL",
                    row -> row.getString(1)));
  }

  private void awaitOwner(String part) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              pairing.clock().move(Duration.ofMillis(300));
              return sent.stream().anyMatch(reply -> reply.text().contains(part));
            });
  }

  @Test
  @DisplayName("Every way has them when it sends, and the outbox never")
  void everyWay() {
    unreachable = true;
    PendingRequest request = request("second", "ana", WORDS + "\n" + "x".repeat(300));
    await().until(() -> webhook.calls().size() == 1 && browser.calls().size() == 1);
    assertThat(webhook.last().body()).contains("\"text\":\"" + WORDS + " xxx", request.requestId());
    assertThat(browser.last().json().getString("text")).startsWith(WORDS + " xxx").hasSize(200);
    await().untilAsserted(() -> assertThat(stored()).isNotEmpty());
    assertThat(stored()).noneMatch(payload -> payload.contains("zebra"));
    unreachable = false;
    awaitOwner("Message: “" + WORDS);
    assertThat(sent.get(0).text()).doesNotContain(request.code().value());
  }

  @Test
  @DisplayName("A digest has those of each request; of one that is gone it has none")
  void digest() {
    request("second", "first", "first");
    awaitOwner("Message: “first”");
    sent.clear();
    unreachable = true;
    PendingRequest denied = request("second", "ana", "zebra of ana");
    request("second", "eva", "zebra of eva");
    pairing.clock().move(Duration.ofMinutes(1));
    await().until(() -> webhook.calls().size() == 2);
    assertThat(webhook.last().body()).contains("zebra of ana", "zebra of eva");
    assertThat(stored()).noneMatch(payload -> payload.contains("zebra"));
    pairing.store().deny(denied.requestId(), false, null, OPERATOR);
    unreachable = false;
    awaitOwner("zebra of eva");
    assertThat(sent).noneMatch(reply -> reply.text().contains("zebra of ana"));
  }
}
