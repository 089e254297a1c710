package dev.nexo.pairing.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.config.PushSettings;
import dev.nexo.pairing.internal.OperatorNotices.State;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.notice.FirstWords;
import dev.nexo.pairing.notice.Notice;
import dev.nexo.pairing.notice.NoticeAttempts;
import dev.nexo.pairing.notice.NoticeWay;
import dev.nexo.pairing.outbox.Courier;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells the subscribed browsers of new requests ({@code http-api.md#web-push}). A message about one
 * request has a token with which the notification approves or denies it. The token is made when the
 * message is sent, so that the database never has it. Thread-safe.
 */
@Component
public class WebPushWay implements NoticeWay, Courier {

  /** The name of this way. */
  static final String NAME = "web_push";

  /** How many messages may be sent at once. */
  private static final int QUEUES = 8;

  private static final int TOKEN_BYTES = 32;
  private static final Duration TEST_LIFETIME = Duration.ofMinutes(5);

  /** No further browser is tried after this time; one takes up to 13 s, and a test 30 s. */
  private static final Duration TEST_LIMIT = Duration.ofSeconds(15);

  private final PushSettings settings;
  private final PushStore store;
  private final PushClient client;
  private final NoticeAttempts attempts;
  private final FirstWords words;
  private final SecureRandom random;
  private final Clock clock;

  @Inject
  WebPushWay(
      PushSettings settings,
      PushStore store,
      PushClient client,
      NoticeAttempts attempts,
      FirstWords words,
      SecureRandom random,
      Clock clock) {
    this.settings = settings;
    this.store = store;
    this.client = client;
    this.attempts = attempts;
    this.words = words;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String kind() {
    return NAME;
  }

  /** Browsers share a few queues, so that one whose push service hangs delays few others. */
  @Override
  public String queue(OutboxEntry entry) {
    return '.' + NAME + '.' + Math.floorMod(entry.target().hashCode(), QUEUES);
  }

  @Override
  public List<Receiver> receivers() {
    return valid().stream().map(one -> Receiver.outside(NAME, one.id())).toList();
  }

  @Override
  public State state() {
    if (!settings.enabled()) {
      return State.OFF;
    }
    return valid().isEmpty() ? State.NO_RECEIVERS : State.ON;
  }

  private List<PushSubscription> valid() {
    if (!settings.enabled()) {
      return List.of();
    }
    try {
      return store.list().stream().filter(one -> one.facts().valid()).toList();
    } catch (SigningKeyException e) {
      // The key ring reports it; without the key no message can be signed.
      return List.of();
    }
  }

  @Override
  public Optional<String> payload(Notice notice, Receiver receiver) {
    return Optional.of(PushMessageText.of(notice));
  }

  @Override
  public void send(OutboxEntry entry) {
    JsonObject stored = StrictJson.parse(entry.payload().getBytes(UTF_8));
    Instant expiry = PushMessageText.expiry(stored);
    if (!settings.enabled() || !clock.instant().isBefore(expiry)) {
      return;
    }
    Optional<PushSubscription> to = store.valid(entry.target());
    if (to.isPresent()) {
      attempts.run(entry, () -> send(to.get(), message(stored, to.get(), expiry), expiry));
    }
  }

  private String message(JsonObject stored, PushSubscription to, Instant expiry) {
    Optional<String> request = PushMessageText.requestId(stored);
    if (request.isEmpty()) {
      return stored.toString();
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64Url.encode(bytes);
    long number = stored.getJsonNumber("number").longValue();
    store.add(Sha256.hex(token), new PushStore.Token(request.get(), number, to.id(), expiry));
    JsonObject whole =
        PushMessageText.hasText(stored)
            ? stored
            : PushMessageText.withText(stored, words.of(request.get()));
    return PushMessageText.withToken(whole, token);
  }

  /** Sends a message. A subscription that the push service has ended is removed. */
  private void send(PushSubscription to, String message, Instant expiry) {
    if (!client.send(to, message, Duration.between(clock.instant(), expiry))) {
      store.delete(to.id(), Actor.GATE);
      throw new DeliveryException(
          "The push service has ended the subscription of " + to.facts().label(), null);
    }
    store.delivered(to.id());
  }

  @Override
  public void test() {
    List<PushSubscription> all = valid();
    if (all.isEmpty()) {
      throw new DeliveryException(
          settings.enabled()
              ? "No browser is subscribed; turn on notifications in the console"
              : "Web Push is off; set pairing.notify.web_push",
          null);
    }
    Instant limit = clock.instant().plus(TEST_LIMIT);
    DeliveryException failure = null;
    for (PushSubscription one : all) {
      if (clock.instant().isAfter(limit)) {
        throw new DeliveryException("Not all browsers were tried within 15 s", failure);
      }
      try {
        send(one, PushMessageText.test(), clock.instant().plus(TEST_LIFETIME));
      } catch (DeliveryException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
