package dev.nexo.pairing.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.NoticeSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.config.WebhookSettings;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.outbox.OutboxRows;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.WebhookReceiver;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A webhook that hangs while many calls are due")
@OnEveryDatabase
class SlowWebhookTest extends PairingContract {

  private static final int DUE = 1_500;
  private static final Duration BOUND = Duration.ofSeconds(3);

  private final List<Reply> sent = new CopyOnWriteArrayList<>();
  private WebhookReceiver receiver;

  /** A channel whose messages are sent at once. */
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
      sent.add(reply);
    }
  }

  @Override
  @BeforeEach
  protected void open() {
    receiver = new WebhookReceiver().answering(WebhookReceiver.HANG);
    storage = database.create(directory.resolve("pairing.db"));
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .with(NoticeSettings.class, new NoticeSettings(Optional.empty()))
            .with(
                WebhookSettings.class,
                new WebhookSettings(
                    Optional.of(URI.create(receiver.url())), Optional.of(WebhookReceiver.SECRET)))
            .with(PairingChannelAdapter.class, new Phone())
            .withOutbox()
            .include("notice.NoticePlanner")
            .open();
  }

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  private void addCalls(int count) {
    String body =
        "{\"type\":\"pairing.requested\",\"timestamp\":\"2026-01-01T00:00:00Z\","
            + "\"data\":{\"total\":1,\"requests\":[]}}";
    SenderKey nobody = new SenderKey("webhook", "", "");
    pairing
        .get(Database.class)
        .write(
            tx -> {
              for (int i = 0; i < count; i++) {
                String id = UUID.randomUUID().toString();
                OutboxRows.add(tx, id, id, "webhook", nobody, "", body, pairing.clock().instant());
              }
              return null;
            });
  }

  @Test
  @DisplayName("Challenges are delivered within 3 s, also while further calls are added")
  void challengesFirst() {
    addCalls(DUE);
    pairing.get(OutboxDelivery.class).wake();
    await().until(() -> !receiver.calls().isEmpty());
    for (int i = 0; i < 10; i++) {
      addCalls(100);
      pairing.clock().move(Duration.ofSeconds(1));
      SenderKey sender = new SenderKey("phone", "a" + i, "ana");
      Challenge challenge =
          (Challenge)
              pairing
                  .gate()
                  .decide(sender, AdmissionPolicy.CHALLENGE, new MessageContext("hi", "{}", true));
      long start = System.nanoTime();
      assertThat(pairing.get(OutboxDelivery.class).deliver(challenge.request()))
          .as("challenge " + i)
          .isEqualTo(DeliveryResult.DELIVERED_VIA_ADAPTER);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }
    assertThat(sent).hasSize(10);
  }
}
