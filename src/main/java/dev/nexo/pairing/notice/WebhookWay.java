package dev.nexo.pairing.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.config.WebhookSettings;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.internal.OperatorNotices.State;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.notice.Notice.Request;
import dev.nexo.pairing.notice.NoticeAttempts.Results;
import dev.nexo.pairing.outbox.Courier;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.lang.System.Logger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Tells a program of new requests ({@code http-api.md#webhook}): one call for each notice, until it
 * is answered with 2xx, for 24 hours at most. After an answer 410 it makes no further calls until
 * another URL is configured or a test succeeds. Thread-safe.
 */
@Component
public class WebhookWay implements NoticeWay, Courier {

  /** The name of this way. */
  static final String NAME = "webhook";

  private static final Logger LOG = System.getLogger(WebhookWay.class.getName());

  /** The maximum size of a body, in bytes. */
  private static final int MAX_BODY = 65_536;

  /** The maximum size of the requests, in bytes. One has at most 8 KiB. */
  private static final int FULL = MAX_BODY - 8_192;

  private final WebhookSettings settings;
  private final WebhookClient client;
  private final NoticeAttempts attempts;
  private final FirstWords words;
  private final IdSource ids;
  private final Clock clock;

  @Inject
  WebhookWay(
      WebhookSettings settings,
      WebhookClient client,
      NoticeAttempts attempts,
      FirstWords words,
      IdSource ids,
      Clock clock) {
    this.settings = settings;
    this.client = client;
    this.attempts = attempts;
    this.words = words;
    this.ids = ids;
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

  @Override
  public List<Receiver> receivers() {
    return state() == State.ON ? List.of(Receiver.outside(NAME, "")) : List.of();
  }

  @Override
  public State state() {
    if (settings.url().isEmpty()) {
      return State.OFF;
    }
    Results results = attempts.results().get(NAME);
    boolean gone = results != null && results.gone().filter(digest()::equals).isPresent();
    return gone ? State.GONE : State.ON;
  }

  /** Identifies the URL, which may be secret. */
  private String digest() {
    try {
      byte[] url = settings.url().orElseThrow().toString().getBytes(UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(url));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public Optional<String> payload(Notice notice, Receiver receiver) {
    return Optional.of(
        body(
            "pairing.requested",
            clock.instant().toString(),
            StrictJson.object()
                .add("total", notice.requests().size())
                .add("requests", NoticeJson.write(notice.requests(), FULL))));
  }

  private static String body(String type, String timestamp, JsonObjectBuilder data) {
    return StrictJson.object()
        .add("type", type)
        .add("timestamp", timestamp)
        .add("data", data)
        .build()
        .toString();
  }

  private String withWords(String payload) {
    JsonObject body = StrictJson.parse(payload.getBytes(UTF_8));
    JsonObject data = body.getJsonObject("data");
    List<Request> requests = words.added(NoticeJson.read(data.getJsonArray("requests")));
    return body(
        body.getString("type"),
        body.getString("timestamp"),
        StrictJson.object()
            .add("total", data.getInt("total"))
            .add("requests", NoticeJson.write(requests, FULL)));
  }

  @Override
  public void send(OutboxEntry entry) {
    if (state() != State.ON) {
      // The webhook was turned off after the notice was planned.
      return;
    }
    String body = withWords(entry.payload());
    try {
      attempts.run(entry, () -> post(entry.id(), body));
    } catch (DeliveryException e) {
      if (state() == State.ON) {
        throw e;
      }
    }
  }

  @Override
  public void test() {
    if (settings.url().isEmpty()) {
      throw new DeliveryException("The webhook is off; set pairing.notify.webhook.url", null);
    }
    post(ids.nextUuid(), body("pairing.test", clock.instant().toString(), StrictJson.object()));
  }

  private void post(String id, String body) {
    if (!client.post(id, body)) {
      attempts.gone(NAME, digest());
      LogMessage.WEBHOOK_GONE.log(LOG);
      throw new DeliveryException("The receiver answered 410 Gone", null);
    }
  }
}
