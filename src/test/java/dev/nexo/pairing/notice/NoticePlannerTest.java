package dev.nexo.pairing.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.NoticeSettings;
import dev.nexo.pairing.config.QuietHours;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.config.WebhookSettings;
import dev.nexo.pairing.outbox.Courier;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import dev.nexo.pairing.testkit.MovableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Notices to operators")
@OnEveryDatabase
class NoticePlannerTest extends PairingContract {

  private static final String QUIET = "22:00-07:00 Europe/Berlin";

  private final List<OutboxEntry> sent = new CopyOnWriteArrayList<>();
  private final List<Notice> planned = new CopyOnWriteArrayList<>();
  private volatile List<NoticeWay.Receiver> receivers = List.of(receiver("one"));
  private volatile boolean broken;
  private volatile boolean unreachable;

  private static NoticeWay.Receiver receiver(String target) {
    return NoticeWay.Receiver.outside("pager", target);
  }

  /** A way whose payload is the numbers of the requests. */
  private final class Pager implements NoticeWay, Courier {

    @Override
    public String name() {
      return "pager";
    }

    @Override
    public List<Receiver> receivers() {
      return receivers;
    }

    @Override
    public Optional<String> payload(Notice notice, Receiver receiver) {
      if (broken) {
        throw new IllegalStateException("broken, for this test");
      }
      planned.add(notice);
      return Optional.of(
          notice.requests().stream()
              .map(request -> "" + request.number())
              .collect(Collectors.joining(" ")));
    }

    @Override
    public void test() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String kind() {
      return "pager";
    }

    @Override
    public void send(OutboxEntry entry) {
      if (unreachable) {
        throw new DeliveryException("unreachable, for this test", null);
      }
      sent.add(entry);
    }
  }

  @Override
  @BeforeEach
  protected void open() {
    storage = database.create(directory.resolve("pairing.db"));
    pairing = server(new MovableClock(), Optional.empty());
  }

  private PairingContainer server(MovableClock clock, Optional<QuietHours> quiet) {
    Pager pager = new Pager();
    return PairingContainer.over(directory.resolve("pairing.db"))
        .with(StorageSettings.class, storage)
        .with(Clock.class, clock)
        .with(NoticeSettings.class, new NoticeSettings(quiet))
        .with(WebhookSettings.class, new WebhookSettings(Optional.empty(), Optional.empty()))
        .with(NoticeWay.class, pager)
        .with(Courier.class, pager)
        .withOutbox()
        .include("notice.NoticePlanner")
        .open();
  }

  private void reopenWithQuietHours() {
    pairing.close();
    pairing = server(pairing.clock(), QuietHours.parse(QUIET, ZoneOffset.UTC));
  }

  private void moveTo(String instant) {
    pairing.clock().move(Duration.between(pairing.clock().instant(), Instant.parse(instant)));
  }

  private int plan() {
    return pairing.get(NoticePlanner.class).plan();
  }

  private PendingRequest request(int account, String sender) {
    return request(account, sender, MessageContext.NOTHING);
  }

  private PendingRequest request(int account, String sender, MessageContext message) {
    SenderKey key = SenderKey.of(new ChannelAccount("chat", "a" + account), sender);
    return ((Challenge) pairing.gate().decide(key, AdmissionPolicy.CHALLENGE, message)).request();
  }

  /** The numbers of the requests of each notice that was sent, oldest first. */
  private List<List<Long>> told() {
    return sent.stream().map(NoticePlannerTest::numbers).toList();
  }

  private static List<Long> numbers(OutboxEntry entry) {
    return Stream.of(entry.payload().split(" ")).map(Long::valueOf).toList();
  }

  private void awaitSent(int notices) {
    await().untilAsserted(() -> assertThat(sent).hasSize(notices));
  }

  @Test
  @DisplayName("A request is told at once, to every receiver, with what the stranger claims")
  void atOnce() throws SQLException {
    receivers = List.of(receiver("one"), receiver("two"));
    PendingRequest request =
        request(
            1, "ana", new MessageContext(" Hi\n\u202ethere\0 ", "{\"pushName\":\"Ana\"}", false));
    awaitSent(2);
    assertThat(sent).extracting(OutboxEntry::target).containsExactlyInAnyOrder("one", "two");
    Notice notice = planned.get(0);
    assertThat(notice.isDigest()).isFalse();
    assertThat(notice.id()).isEqualTo(request.requestId());
    assertThat(notice.requests().get(0))
        .isEqualTo(
            new Notice.Request(
                request.requestId(),
                request.number(),
                request.sender(),
                Optional.of("Ana"),
                Optional.of("Hi there\uFFFD"),
                request.createdAt(),
                request.expiresAt()));
    await().untilAsserted(() -> assertThat(count("sent_at IS NULL")).isZero());
    assertThat(count("payload IS NOT NULL")).as("what was sent is not kept").isZero();
    pairing.clock().move(Duration.ofMinutes(5));
    assertThat(plan()).isZero();
  }

  @Test
  @DisplayName("Of a burst of 50 one notice is sent at once and one digest after a minute")
  void burst() {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      numbers.add(request(i / 3, "s" + i).number());
    }
    awaitSent(1);
    assertThat(plan()).isZero();
    pairing.clock().move(NoticeStatements.PAUSE.minusMillis(1));
    assertThat(plan()).isZero();
    pairing.clock().move(Duration.ofMillis(1));
    plan();
    awaitSent(2);
    assertThat(told().get(1)).hasSizeGreaterThan(1);
    assertThat(told()).flatMap(list -> list).containsExactlyInAnyOrderElementsOf(numbers);
  }

  @Test
  @DisplayName("Several servers that plan at once tell each request once")
  void severalServers() throws Exception {
    try (PairingContainer second = server(pairing.clock(), Optional.empty())) {
      NoticePlanner here = pairing.get(NoticePlanner.class);
      NoticePlanner there = second.get(NoticePlanner.class);
      for (int round = 1; round <= 8; round++) {
        int account = round;
        Together.run(3, i -> request(account, "s" + i));
        Together.run(8, i -> (i % 2 == 0 ? here : there).plan());
        // A claim ends after a minute: what is being sent would be sent again.
        await().untilAsserted(() -> assertThat(count("sent_at IS NULL")).isZero());
        pairing.clock().move(Duration.ofSeconds(61));
        Together.run(8, i -> (i % 2 == 0 ? here : there).plan());
        int until = 3 * round;
        await()
            .untilAsserted(
                () -> assertThat(told().stream().mapToInt(List::size).sum()).isEqualTo(until));
        // Each request lives 60 minutes.
        pairing.clock().move(Duration.ofSeconds(61));
      }
    }
    assertThat(told())
        .flatMap(list -> list)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 24).boxed().toList());
  }

  @Test
  @DisplayName("Requests that are decided or expire before a digest are left out of it")
  void leftOut() {
    request(1, "first");
    awaitSent(1);
    PendingRequest approved = request(1, "approved");
    PendingRequest denied = request(2, "denied");
    PendingRequest open = request(2, "open");
    approve(approved.code().value());
    pairing.store().deny(denied.requestId(), false, null, OPERATOR);
    pairing.clock().move(Duration.ofSeconds(60));
    plan();
    awaitSent(2);
    assertThat(told().get(1)).containsExactly(open.number());
    PendingRequest late = request(3, "late");
    pairing.clock().move(Duration.ofMinutes(60));
    assertThat(plan()).isZero();
    assertThat(told()).flatMap(list -> list).doesNotContain(late.number());
  }

  @Test
  @DisplayName("A notice of one request is not sent if the request is decided before")
  void decidedBeforeSent() throws SQLException {
    unreachable = true;
    PendingRequest request = request(1, "ana");
    await().untilAsserted(() -> assertThat(waiting()).isEqualTo(1));
    pairing.store().deny(request.requestId(), false, null, OPERATOR);
    assertThat(waiting()).isZero();
  }

  @Test
  @DisplayName("In quiet hours nobody is told; at their end one digest has all live requests")
  void quietHours() {
    reopenWithQuietHours();
    moveTo("2026-11-02T20:59:59Z");
    PendingRequest before = request(1, "before");
    awaitSent(1);
    moveTo("2026-11-02T23:30:00Z");
    request(1, "expires");
    moveTo("2026-11-03T05:30:00Z");
    PendingRequest one = request(2, "one");
    PendingRequest two = request(2, "two");
    moveTo("2026-11-03T05:59:59Z");
    assertThat(plan()).isZero();
    moveTo("2026-11-03T06:00:00Z");
    plan();
    awaitSent(2);
    assertThat(told())
        .containsExactly(List.of(before.number()), List.of(one.number(), two.number()));
  }

  @Test
  @DisplayName("If nobody receives notices, requests are told when somebody does")
  void nobody() {
    receivers = List.of();
    PendingRequest request = request(1, "ana");
    assertThat(plan()).isZero();
    receivers = List.of(receiver("one"));
    plan();
    awaitSent(1);
    assertThat(told()).containsExactly(List.of(request.number()));
  }

  @Test
  @DisplayName("A request that Nexo wrote is told")
  void ofNexo() throws SQLException {
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO pairing_pending (channel, account_id, sender_id, code, created_at)"
              + " VALUES ('chat', 'default', 'nexo', 'ABCDEFGH', "
              + pairing.clock().instant().getEpochSecond()
              + ")");
    }
    plan();
    awaitSent(1);
    assertThat(planned.get(0).requests().get(0).sender()).isEqualTo(key("nexo"));
    assertThat(PairingCode.parse(sent.get(0).payload())).isEmpty();
  }

  @Test
  @DisplayName("A way that fails and a clock that was set back delay no later notice")
  void faults() {
    broken = true;
    request(1, "ana");
    await().untilAsserted(() -> assertThat(plan()).isZero());
    broken = false;
    pairing.clock().move(Duration.ofMinutes(2));
    request(1, "eva");
    awaitSent(1);
    pairing.clock().move(Duration.ofMinutes(-10));
    request(2, "zoe");
    awaitSent(2);
  }

  private int waiting() throws SQLException {
    return count("sent_at IS NULL");
  }

  private int count(String condition) throws SQLException {
    try (Connection other = outside();
        Statement statement = other.createStatement();
        var rows =
            statement.executeQuery("SELECT count(*) FROM pairing_outbox WHERE " + condition)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
