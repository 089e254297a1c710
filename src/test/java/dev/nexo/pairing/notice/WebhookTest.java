package dev.nexo.pairing.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingEvent.NoticeAttempted.Result;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.NoticeSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.config.WebhookSettings;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.OperatorNotices;
import dev.nexo.pairing.internal.OperatorNotices.State;
import dev.nexo.pairing.internal.OperatorNotices.Way;
import dev.nexo.pairing.notice.Notice.Request;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.WebhookReceiver;
import dev.nexo.pairing.testing.WebhookReceiver.Call;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Webhook")
class WebhookTest extends PairingContract {

  private WebhookReceiver receiver;

  @Override
  @BeforeEach
  protected void open() {
    receiver = new WebhookReceiver();
    storage = database.create(directory.resolve("pairing.db"));
    pairing = server(Optional.of(receiver.url()));
  }

  private PairingContainer server(Optional<String> url) {
    return PairingContainer.over(directory.resolve("pairing.db"))
        .with(StorageSettings.class, storage)
        .with(NoticeSettings.class, new NoticeSettings(Optional.empty()))
        .with(
            WebhookSettings.class,
            new WebhookSettings(url.map(URI::create), url.map(any -> WebhookReceiver.SECRET)))
        .withOutbox()
        .include("notice.NoticePlanner")
        .open();
  }

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  private PendingRequest request(String sender) {
    MessageContext message = new MessageContext("Hi, it is me", "{\"pushName\":\"Ana\"}", false);
    return ((Challenge) pairing.gate().decide(key(sender), AdmissionPolicy.CHALLENGE, message))
        .request();
  }

  private void awaitCalls(int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(receiver.calls()).hasSizeGreaterThanOrEqualTo(count));
  }

  /** Makes failed messages due, which the stopped clock would not. */
  private void awaitCallsWithTime(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              pairing.clock().move(Duration.ofMillis(500));
              assertThat(receiver.calls()).hasSizeGreaterThanOrEqualTo(count);
            });
  }

  private Way way() {
    return pairing.get(OperatorNotices.class).ways().stream()
        .filter(one -> one.name().equals("webhook"))
        .findFirst()
        .orElseThrow();
  }

  private Finding doctor() {
    List<Finding> findings = pairing.get(NoticeCheck.class).examine();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  @Test
  @DisplayName("A request is posted with what operators need, signed, without the code")
  void posted() {
    PendingRequest request = request("ana");
    awaitCalls(1);
    Call call = receiver.last();
    assertThat(call.isSigned()).isTrue();
    assertThat(call.timestamp()).isEqualTo("" + pairing.clock().instant().getEpochSecond());
    assertThat(call.body()).doesNotContain(request.code().value());
    JsonObject body = json(call.body());
    assertThat(body.getString("type")).isEqualTo("pairing.requested");
    assertThat(body.getString("timestamp")).isEqualTo(pairing.clock().instant().toString());
    JsonObject data = body.getJsonObject("data");
    assertThat(data.getInt("total")).isEqualTo(1);
    assertThat(data.getJsonArray("requests").getJsonObject(0))
        .isEqualTo(
            Json.createObjectBuilder()
                .add("number", request.number())
                .add("request_id", request.requestId())
                .add("channel", "chat")
                .add("account_id", "default")
                .add("sender_id", "ana")
                .add("claimed_name", "Ana")
                .add("text", "Hi, it is me")
                .add("created_at", request.createdAt().toString())
                .add("expires_at", request.expiresAt().toString())
                .build());
    await().untilAsserted(() -> assertThat(way().succeededAt()).isPresent());
    assertThat(doctor().text()).isEqualTo("Operators are told of new requests by: webhook.");
  }

  @Test
  @DisplayName("A failed call is repeated under its id, with a new time and signature")
  void repeated() {
    receiver.answering(500, 302, 503);
    request("ana");
    awaitCallsWithTime(4);
    assertThat(receiver.calls()).hasSize(4).allMatch(Call::isSigned);
    assertThat(receiver.calls()).extracting(Call::id).containsOnly(receiver.last().id());
    assertThat(receiver.calls()).extracting(Call::body).containsOnly(receiver.last().body());
    assertThat(receiver.calls()).extracting(Call::path).containsOnly("/hook?key=in-the-url");
    await().untilAsserted(() -> assertThat(way().succeededAt()).isPresent());
    assertThat(way().failure()).hasValue("The receiver answered 503");
    assertThat(way().isFailing()).isFalse();
    assertThat(pairing.notices().of(PairingEvent.NoticeAttempted.class))
        .extracting(PairingEvent.NoticeAttempted::result)
        .containsExactly(Result.FAILED, Result.FAILED, Result.FAILED, Result.DELIVERED);
  }

  @Test
  @DisplayName("A receiver that hangs is left after 10 s")
  void hangs() {
    receiver.answering(WebhookReceiver.HANG);
    request("ana");
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> assertThat(way().failure()).hasValue("The receiver did not answer within 10 s"));
    assertThat(way().isFailing()).isTrue();
    assertThat(doctor().id()).isEqualTo("NXP-1140");
    assertThat(doctor().remedy()).contains("nexo-pair notices --test webhook");
    awaitCallsWithTime(2);
  }

  @Test
  @DisplayName("After 24 hours a message is given up")
  void givenUp() {
    receiver.answering(500);
    PendingRequest first = request("ana");
    awaitCalls(1);
    await().untilAsserted(() -> assertThat(way().failedAt()).isPresent());
    // A digest is not deleted with its requests.
    receiver.answering(IntStream.range(0, 200).mapToObj(i -> 500).toArray(Integer[]::new));
    pairing.store().deny(first.requestId(), false, null, OPERATOR);
    request("eva");
    request("zoe");
    pairing.clock().move(Duration.ofSeconds(61));
    pairing.get(NoticePlanner.class).plan();
    awaitCalls(2);
    pairing.clock().move(Duration.ofHours(24));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              pairing.clock().move(Duration.ofSeconds(61));
              assertThat(pairing.notices().of(PairingEvent.NoticeAttempted.class))
                  .extracting(PairingEvent.NoticeAttempted::result)
                  .contains(Result.GIVEN_UP);
            });
  }

  @Test
  @DisplayName("After 410 Gone no call is made until a test succeeds")
  void gone() {
    receiver.answering(410, 410);
    request("ana");
    awaitCalls(1);
    await().untilAsserted(() -> assertThat(way().state()).isEqualTo(State.GONE));
    assertThat(doctor().id()).isEqualTo("NXP-1141");
    pairing.clock().move(Duration.ofMinutes(5));
    PendingRequest second = request("eva");
    assertThat(pairing.get(NoticePlanner.class).plan()).isZero();
    OperatorNotices notices = pairing.get(OperatorNotices.class);
    assertThat(notices.test("webhook")).hasValue("The receiver answered 410 Gone");
    assertThat(notices.test("webhook")).isEmpty();
    assertThat(json(receiver.last().body()).getString("type")).isEqualTo("pairing.test");
    assertThat(receiver.last().isSigned()).isTrue();
    assertThat(way().state()).isEqualTo(State.ON);
    awaitCalls(4);
    assertThat(receiver.last().body()).contains(second.requestId());
  }

  @Test
  @DisplayName("Without a webhook nothing is called, and a test says so")
  void off() {
    pairing.close();
    pairing = server(Optional.empty());
    request("ana");
    assertThat(pairing.get(NoticePlanner.class).plan()).isZero();
    assertThat(way().state()).isEqualTo(State.OFF);
    assertThat(pairing.get(OperatorNotices.class).test("webhook").orElseThrow())
        .contains("pairing.notify.webhook.url");
    assertThat(doctor().text()).isEqualTo("Operators see new requests only in the console.");
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  @DisplayName("Without TLS only local addresses are called, and reasons have no secret")
  void reasons() {
    for (List<String> row :
        List.of(
            List.of("http://127.0.0.1:1/key=secret", "The receiver cannot be reached"),
            List.of("http://example.invalid/secret", "The host name cannot be resolved"),
            List.of(
                "https://127.0.0.1:" + URI.create(receiver.url()).getPort() + "/secret",
                "cannot be reached"),
            List.of(
                "http://[2001:db8::1]/secret", "The host is not in a local network; use https"))) {
      pairing.close();
      pairing = server(Optional.of(row.get(0)));
      String reason = pairing.get(OperatorNotices.class).test("webhook").orElseThrow();
      assertThat(reason).contains(row.get(1)).doesNotContain("secret", "key=");
    }
  }

  @Test
  @DisplayName("A body of 100 requests has at most 64 KiB and says how many there are")
  void large() {
    String wide = "\uD83D\uDE00".repeat(128);
    IntFunction<Request> request =
        i ->
            new Request(
                "00000000-0000-0000-0000-0000000000" + i,
                i,
                new SenderKey("x".repeat(32), "x".repeat(64), wide),
                Optional.of(wide.substring(0, 64)),
                Optional.of("\"".repeat(200)),
                Instant.EPOCH,
                Instant.EPOCH);
    List<Request> requests = new ArrayList<>();
    IntStream.range(0, Notice.MAX).mapToObj(request).forEach(requests::add);
    WebhookWay way = pairing.get(WebhookWay.class);
    String body = way.payload(new Notice("id", requests), null).orElseThrow();
    assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(65_536);
    JsonObject data = json(body).getJsonObject("data");
    assertThat(data.getInt("total")).isEqualTo(Notice.MAX);
    assertThat(data.getJsonArray("requests")).hasSizeBetween(20, Notice.MAX - 1);
  }
}
