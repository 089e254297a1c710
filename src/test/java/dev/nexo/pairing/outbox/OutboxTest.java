package dev.nexo.pairing.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.store.ExpirySweeper;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.OnEveryDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Outbox")
@OnEveryDatabase
class OutboxTest extends PairingContract {

  private Outbox outbox() {
    return pairing.get(Outbox.class);
  }

  private Challenge deliver(String sender) {
    return (Challenge)
        pairing
            .gate()
            .decide(key(sender), AdmissionPolicy.CHALLENGE, new MessageContext("hi", "{}", true));
  }

  @Test
  @DisplayName("A challenge is stored once per request until it is sent")
  void oncePerRequest() {
    assertThat(deliver("ana").delivery()).isEqualTo(Delivery.QUEUED);
    assertThat(deliver("ana").delivery()).isEqualTo(Delivery.QUEUED);
    List<OutboxEntry> claimed = outbox().claim(10);
    assertThat(claimed).hasSize(1);
    assertThat(claimed.get(0).code()).isEqualTo(pending().get(0).code());
    outbox().sent(claimed);
    assertThat(deliver("ana").delivery()).isEqualTo(Delivery.SENT);
    assertThat(outbox().waiting()).isZero();
  }

  @Test
  @DisplayName("A request is undelivered until its challenge is sent")
  void undelivered() {
    deliver("ana");
    challenged("eva");
    List<String> ids = pending().stream().map(PendingRequest::requestId).toList();
    String ana = outbox().claim(10).get(0).requestId();
    assertThat(outbox().undelivered(ids)).containsExactly(ana);
    assertThat(outbox().undelivered(List.of())).isEmpty();
    assertThat(outbox().undelivered(Collections.nCopies(1_000, ana))).containsExactly(ana);
    pairing.clock().move(Duration.ofMinutes(1));
    outbox().sent(outbox().claim(10));
    assertThat(outbox().undelivered(ids)).isEmpty();
  }

  @Test
  @DisplayName("A challenge that was not to be delivered can be added later")
  void deliveredLater() {
    assertThat(challenged("ana").delivery()).isEqualTo(Delivery.NOT_ASKED);
    assertThat(deliver("ana").delivery()).isEqualTo(Delivery.QUEUED);
  }

  @Test
  @DisplayName("An entry is leased to one server, and to another after a minute")
  void leases() {
    deliver("ana");
    String id = outbox().claim(10).get(0).id();
    assertThat(outbox().claim(10)).isEmpty();
    pairing.clock().move(Duration.ofMinutes(1));
    assertThat(outbox().claim(10)).extracting(OutboxEntry::id).containsExactly(id);
  }

  @Test
  @DisplayName("Retries wait from a second to a minute, or not if woken")
  void backsOff() {
    deliver("ana");
    for (int wait : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      outbox().failed(outbox().claim(10));
      pairing.clock().move(Duration.ofSeconds(wait).minusMillis(1));
      assertThat(outbox().claim(10)).as("after almost %d s", wait).isEmpty();
      pairing.clock().move(Duration.ofMillis(1));
    }
    outbox().failed(outbox().claim(10));
    outbox().retryNow();
    assertThat(outbox().claim(10)).extracting(OutboxEntry::attempts).containsExactly(9);
  }

  @Test
  @DisplayName("The challenge of a decided or expired request is deleted")
  void forgets() {
    approve(deliver("approved"));
    pairing.store().deny(deliver("denied").request().requestId(), false, null, OPERATOR);
    assertThat(outbox().waiting()).isZero();
    deliver("expired");
    pairing.clock().move(Duration.ofMinutes(61));
    assertThat(outbox().claim(10)).isEmpty();
    assertThat(outbox().waiting()).isZero();
  }

  @Test
  @DisplayName("The age of the oldest waiting entry is known until it is sent")
  void waitsSince() {
    assertThat(outbox().waitingSince()).isEmpty();
    Instant first = pairing.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    deliver("ana");
    pairing.clock().move(Duration.ofMinutes(2));
    deliver("ben");
    List<OutboxEntry> claimed = outbox().claim(1);
    outbox().failed(claimed);
    assertThat(outbox().waitingSince()).contains(first);
    outbox().sent(claimed);
    assertThat(outbox().waitingSince()).contains(first.plus(Duration.ofMinutes(2)));
    outbox().sent(outbox().claim(10));
    assertThat(outbox().waitingSince()).isEmpty();
  }

  @Test
  @DisplayName("The message about an approval is tried for 60 minutes, and then discarded")
  void approvalEnds() {
    Challenge challenge = deliver("ana");
    outbox().sent(outbox().claim(10));
    pairing.store().approve(challenge.request().requestId(), AllowTerms.NONE, true, OPERATOR);
    Instant start = pairing.clock().instant();
    try (LogCapture log = LogCapture.of(DatabaseOutbox.class.getName())) {
      int tries = 0;
      while (outbox().waiting() > 0 && tries < 1_000) {
        List<OutboxEntry> claimed = outbox().claim(10);
        outbox().failed(claimed);
        tries += claimed.size();
        pairing.clock().move(Duration.ofMinutes(1));
      }
      assertThat(tries).isEqualTo(60);
      assertThat(Duration.between(start, pairing.clock().instant()))
          .isBetween(Duration.ofMinutes(60), Duration.ofMinutes(62));
      assertThat(log.lines("NXP-0058 1 messages about approvals")).isEqualTo(1);
    }
    assertThat(pairing.gate().shouldAdmit("chat", "default", "ana", AdmissionPolicy.CHALLENGE))
        .isInstanceOf(Decision.Admit.class);
  }

  @Test
  @DisplayName("A sender who was revoked is not told about the approval")
  void approvalRevoked() {
    Challenge challenge = deliver("ana");
    outbox().sent(outbox().claim(10));
    pairing.store().approve(challenge.request().requestId(), AllowTerms.NONE, true, OPERATOR);
    outbox().failed(outbox().claim(10));
    pairing.store().revoke(key("ana"), OPERATOR);
    pairing.clock().move(Duration.ofMinutes(1));
    assertThat(outbox().claim(10)).isEmpty();
    assertThat(outbox().waiting()).isZero();
  }

  @Test
  @DisplayName("An approved sender is notified if the operator asks for it")
  void notifies() {
    Challenge challenge = deliver("ana");
    outbox().sent(outbox().claim(10));
    pairing.store().approve(challenge.request().requestId(), AllowTerms.NONE, true, OPERATOR);
    OutboxEntry notice = outbox().claim(10).get(0);
    assertThat(notice.code()).isNull();
    assertThat(notice.recipient()).isEqualTo(key("ana"));
  }

  @Test
  @DisplayName("An entry is deleted a day after it was sent")
  void forgetsWhatWasSent() throws SQLException {
    Challenge challenge = deliver("ana");
    outbox().sent(outbox().claim(10));
    approve(challenge);
    pairing.clock().move(Duration.ofHours(25));
    pairing.get(ExpirySweeper.class).clear();
    try (Connection other = outside();
        Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM pairing_outbox")) {
      rows.next();
      assertThat(rows.getInt(1)).isZero();
    }
  }
}
