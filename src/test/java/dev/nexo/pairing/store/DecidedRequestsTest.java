package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.internal.DecidedRequests;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Undo of decisions about requests")
@OnEveryDatabase
class DecidedRequestsTest extends PairingContract {

  private PendingOutcome restore(String requestId) {
    return pairing.get(DecidedRequests.class).restore(requestId, OPERATOR);
  }

  private void decide(String how, PendingRequest request) {
    String id = request.requestId();
    if (how.equals("approved")) {
      pairing.store().approve(id, AllowTerms.NONE, false, OPERATOR);
    } else {
      pairing.store().deny(id, how.equals("blocked"), "rude", OPERATOR);
    }
  }

  private List<DecidedRequests.Denied> denied() {
    return pairing.get(DecidedRequests.class).denied(AccountFilter.ALL, ALL).items();
  }

  @ParameterizedTest
  @ValueSource(strings = {"approved", "denied", "blocked"})
  @DisplayName("A restored request is the same in every field, and its sender has the same code")
  void same(String how) {
    PendingRequest before = challenged("stranger").request();
    pairing.clock().move(Duration.ofMinutes(5));
    decide(how, before);
    assertThat(pending()).isEmpty();
    pairing.clock().move(Duration.ofMinutes(9));
    assertThat(restore(before.requestId()))
        .isInstanceOfSatisfying(
            PendingOutcome.Done.class,
            done -> assertThat(done.sender()).isEqualTo(before.sender()));
    assertThat(pending()).containsExactly(before);
    assertThat(challenged("stranger").request()).isEqualTo(before);
    assertThat(audit().get(0).action()).isEqualTo("restored");
    assertThat(audit().get(0).detail()).isEqualTo(how);
    assertThat(audit().get(0).subject()).isEqualTo(before.requestId());
    assertThat(restore(before.requestId())).isInstanceOf(PendingOutcome.Unknown.class);
    assertThat(approve(before.code().value())).isInstanceOf(PendingOutcome.Done.class);
    assertThat(write("stranger")).isEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("An approval that is undone ends a cached admission at once")
  void cached() {
    PendingRequest request = challenged("stranger").request();
    decide("approved", request);
    assertThat(write("stranger")).isEqualTo(Admit.MEMBER);
    restore(request.requestId());
    assertThat(write("stranger")).isInstanceOf(Challenge.class);
    assertThat(allowed(false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unblocked", "blocked later", "seeded", "written again", "10 minutes"})
  @DisplayName("A decision that was changed since, or is 10 minutes old, is not undone")
  void changed(String since) {
    PendingRequest request = challenged("stranger").request();
    decide("denied", request);
    pairing.clock().move(Duration.ofSeconds(1));
    switch (since) {
      case "unblocked" -> pairing.store().unblock(key("stranger"), OPERATOR);
      case "blocked later" -> pairing.store().block(key("stranger"), null, OPERATOR);
      case "seeded" -> seed("stranger");
      case "written again" -> {
        pairing.store().unblock(key("stranger"), OPERATOR);
        write("stranger");
      }
      default -> pairing.clock().move(Duration.ofMinutes(10));
    }
    Object before = write("stranger");
    List<PendingRequest> pending = pending();
    assertThat(restore(request.requestId())).isInstanceOf(PendingOutcome.Unknown.class);
    assertThat(pending()).isEqualTo(pending).doesNotContain(request);
    assertThat(write("stranger").getClass()).isEqualTo(before.getClass());
  }

  @Test
  @DisplayName("An approval that somebody revoked and repeated is not undone")
  void approvedAgain() {
    PendingRequest request = challenged("stranger").request();
    decide("approved", request);
    revoke("stranger");
    pairing.clock().move(Duration.ofSeconds(2));
    seed("stranger");
    assertThat(restore(request.requestId())).isInstanceOf(PendingOutcome.Unknown.class);
    assertThat(write("stranger")).isEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("A request whose hour is over stays expired and its sender denied")
  void hourIsOver() {
    PendingRequest request = challenged("stranger").request();
    pairing.clock().move(Duration.ofMinutes(55));
    decide("denied", request);
    assertThat(denied()).extracting("requestId").containsExactly(request.requestId());
    pairing.clock().move(Duration.ofMinutes(5));
    assertThat(denied()).extracting("requestId").containsExactly((Object) null);
    assertThat(restore(request.requestId())).isInstanceOf(PendingOutcome.Expired.class);
    assertThat(write("stranger")).isEqualTo(new Drop(DropReason.DENIED));
  }

  @Test
  @DisplayName("Of several operators who undo at once, one does")
  void together() throws Exception {
    PendingRequest request = challenged("stranger").request();
    decide("denied", request);
    assertThat(Together.run(8, i -> restore(request.requestId())))
        .filteredOn(PendingOutcome.Done.class::isInstance)
        .hasSize(1);
    assertThat(pending()).containsExactly(request);
  }

  @Test
  @DisplayName("Denied senders are listed with reason and end, page by page; blocked ones are not")
  void deniedList() {
    for (String sender : List.of("a", "b", "c")) {
      decide(sender.equals("c") ? "blocked" : "denied", challenged(sender).request());
    }
    assertThat(denied()).extracting(row -> row.sender().senderId()).containsExactly("a", "b");
    DecidedRequests.Denied first = denied().get(0);
    assertThat(first.reason()).isEqualTo("rude");
    assertThat(Duration.between(first.deniedAt(), first.until())).isEqualTo(Duration.ofHours(1));
    DecidedRequests decided = pairing.get(DecidedRequests.class);
    var page = decided.denied(AccountFilter.ALL, new PageRequest(1, null));
    assertThat(decided.denied(AccountFilter.ALL, new PageRequest(1, page.next())).items())
        .extracting(row -> row.sender().senderId())
        .containsExactly("b");
    pairing.clock().move(Duration.ofMinutes(60));
    assertThat(denied()).isEmpty();
  }

  @Test
  @DisplayName("The sweeper forgets what can no longer be undone")
  void swept() {
    PendingRequest request = challenged("stranger").request();
    decide("denied", request);
    pairing.clock().move(Duration.ofMinutes(10));
    pairing.get(ExpirySweeper.class).clear();
    pairing.clock().move(Duration.ofMinutes(-5));
    assertThat(restore(request.requestId())).isInstanceOf(PendingOutcome.Unknown.class);
  }
}
