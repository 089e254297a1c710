package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pending requests")
@OnEveryDatabase
class PendingTest extends PairingContract {

  private static final Decision FULL = new Drop(DropReason.MAX_PENDING);

  @Test
  @DisplayName("Of 64 strangers who write at once exactly 3 get a request")
  void capHoldsUnderRaces() throws Exception {
    List<Decision> decisions = Together.run(64, i -> write("stranger " + i));
    assertThat(decisions).filteredOn(Challenge.class::isInstance).hasSize(3);
    assertThat(decisions).filteredOn(FULL::equals).hasSize(61);
    assertThat(pending()).hasSize(3);
  }

  @Test
  @DisplayName("A stranger who writes 64 times at once has one request and code")
  void oneCodePerStranger() throws Exception {
    Set<String> codes =
        Together.run(64, i -> challenged("stranger")).stream()
            .map(challenge -> challenge.request().code().value())
            .collect(Collectors.toSet());
    assertThat(codes).hasSize(1);
    assertThat(pending()).hasSize(1);
    assertThat(audit()).extracting("action").containsExactly("challenged");
  }

  @Test
  @DisplayName("A stranger's second message gets the same code, per account")
  void sameCodeAgain() {
    Challenge first = challenged("stranger");
    assertThat(challenged("stranger").request()).isEqualTo(first.request());
    write("second");
    write("third");
    assertThat(write("fourth")).isEqualTo(FULL);
    assertThat(challenged("stranger").request()).isEqualTo(first.request());
    assertThat(pairing.gate().shouldAdmit("chat", "other", "fourth", AdmissionPolicy.CHALLENGE))
        .isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("With all slots taken a message costs no write")
  void fullSlotsCostNoWrite() {
    List.of("a", "b", "c").forEach(this::write);
    long audited = audit().size();
    pairing.get(Database.class).narrowedByOthers();
    boolean before = pairing.get(Database.class).narrowedByOthers();
    for (int i = 0; i < 100; i++) {
      assertThat(write("flood " + i)).isEqualTo(FULL);
    }
    assertThat(before).isFalse();
    assertThat(audit()).hasSize((int) audited);
    assertThat(pending()).hasSize(3);
  }

  @Test
  @DisplayName("A code is accepted in any case with spaces and dashes, an id as well")
  void codesAreFolded() {
    String code = challenged("one").request().code().value();
    String typed =
        " " + code.substring(0, 4).toLowerCase(Locale.ROOT) + "-" + code.substring(4) + " ";
    assertThat(approve(typed)).isInstanceOf(PendingOutcome.Done.class);
    assertThat(approve(challenged("two").request().requestId()))
        .isInstanceOf(PendingOutcome.Done.class);
    assertThat(write("one")).isEqualTo(Admit.MEMBER);
    assertThat(write("two")).isEqualTo(Admit.MEMBER);
    assertThat(pending()).isEmpty();
  }

  @Test
  @DisplayName("Numbers count up, name live and expired requests, and are never used again")
  void numbers() {
    long first = challenged("one").request().number();
    long second = challenged("two").request().number();
    assertThat(second).isGreaterThan(first);
    assertThat(challenged("one").request().number()).isEqualTo(first);
    assertThat(pending()).extracting("number").containsExactly(first, second);
    assertThat(approve("#" + second)).isInstanceOf(PendingOutcome.Done.class);
    assertThat(approve("#" + second)).isInstanceOf(PendingOutcome.Unknown.class);
    assertThat(write("two")).isEqualTo(Admit.MEMBER);
    assertThat(challenged("three").request().number()).isGreaterThan(second);
    pairing.clock().move(Duration.ofMinutes(60));
    assertThat(approve("#" + first)).isInstanceOf(PendingOutcome.Expired.class);
    assertThat(challenged("one").request().number()).isGreaterThan(second + 1);
    assertThat(approve("#" + (first + 1000))).isInstanceOf(PendingOutcome.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "#0", "#-1", "#x", "#1.5", "#9999999999999999999", "0", "-1"})
  @DisplayName("What is no number of a request names none")
  void noNumbers(String reference) {
    challenged("one");
    assertThat(approve(reference)).isInstanceOf(PendingOutcome.Unknown.class);
    assertThat(pairing.store().deny(reference, true, null, OPERATOR))
        .isInstanceOf(PendingOutcome.Unknown.class);
    assertThat(pairing.store().pending(reference)).isEmpty();
    assertThat(pending()).hasSize(1);
  }

  @Test
  @DisplayName("A request is approved once, even by concurrent operators")
  void approvedOnce() throws Exception {
    Challenge challenge = challenged("stranger");
    List<PendingOutcome> outcomes = Together.run(16, i -> approve(challenge));
    assertThat(outcomes).filteredOn(PendingOutcome.Done.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(PendingOutcome.Unknown.class::isInstance).hasSize(15);
    assertThat(audit()).extracting("action").containsExactly("approved", "challenged");
  }

  @Test
  @DisplayName("A request lives 60 minutes and is reported expired for 24 hours")
  void expires() {
    Challenge challenge = challenged("stranger");
    assertThat(challenge.expiresAt())
        .isEqualTo(challenge.request().createdAt().plus(Duration.ofMinutes(60)));
    pairing.clock().move(Duration.ofMinutes(60).minusSeconds(1));
    assertThat(pending()).hasSize(1);
    pairing.clock().move(Duration.ofSeconds(1));
    assertThat(pending()).isEmpty();
    assertThat(approve(challenge)).isInstanceOf(PendingOutcome.Expired.class);
    pairing.clock().move(Duration.ofHours(24).minusSeconds(1));
    pairing.get(ExpirySweeper.class).clear();
    assertThat(approve(challenge)).isInstanceOf(PendingOutcome.Expired.class);
    pairing.clock().move(Duration.ofSeconds(1));
    pairing.get(ExpirySweeper.class).clear();
    assertThat(approve(challenge)).isInstanceOf(PendingOutcome.Unknown.class);
    assertThat(write("stranger")).isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("An expired request frees its slot and is counted once")
  void countedOnce() {
    List.of("a", "b", "c").forEach(this::write);
    pairing.clock().move(Duration.ofMinutes(61));
    assertThat(write("d")).isInstanceOf(Challenge.class);
    pairing.get(ExpirySweeper.class).clear();
    pairing.get(ExpirySweeper.class).clear();
    assertThat(pairing.notices().of(PairingEvent.CodesExpired.class))
        .extracting(PairingEvent.CodesExpired::count)
        .containsExactly(3);
    assertThat(audit()).filteredOn(entry -> entry.action().equals("expired")).hasSize(3);
  }

  @Test
  @DisplayName("After expiry the sender gets a new code; the old one stays expired")
  void newCodeAfterExpiry() {
    Challenge old = challenged("stranger");
    pairing.clock().move(Duration.ofMinutes(61));
    Challenge fresh = challenged("stranger");
    assertThat(fresh.request().code()).isNotEqualTo(old.request().code());
    assertThat(approve(old)).isInstanceOf(PendingOutcome.Expired.class);
    assertThat(approve(fresh)).isInstanceOf(PendingOutcome.Done.class);
  }

  @Test
  @DisplayName("A denied sender is not challenged for 60 minutes")
  void denied() {
    Challenge challenge = challenged("stranger");
    String code = challenge.request().code().value();
    assertThat(pairing.store().deny(code, false, "who?", OPERATOR))
        .isInstanceOf(PendingOutcome.Done.class);
    assertThat(write("stranger")).isEqualTo(new Drop(DropReason.DENIED));
    assertThat(approve(challenge)).isInstanceOf(PendingOutcome.Unknown.class);
    pairing.clock().move(Duration.ofMinutes(60));
    assertThat(write("stranger")).isInstanceOf(Challenge.class);
    assertThat(audit())
        .filteredOn(entry -> entry.action().equals("denied"))
        .extracting("detail")
        .containsExactly("who?");
  }

  @Test
  @DisplayName("A sender denied with a block is dropped for good")
  void blocked() {
    String code = challenged("stranger").request().code().value();
    pairing.store().deny(code, true, null, OPERATOR);
    pairing.clock().move(Duration.ofDays(365));
    assertThat(write("stranger")).isEqualTo(new Drop(DropReason.BLOCKED));
    assertThat(pairing.gate().shouldAdmit("chat", null, "stranger", AdmissionPolicy.ADMIT_EVERYONE))
        .isEqualTo(new Drop(DropReason.BLOCKED));
  }

  @Test
  @DisplayName("The first message is kept, cut to 500 characters")
  void keepsFirstContact() {
    String text = "x".repeat(499) + "😀 and more";
    pairing
        .gate()
        .decide(
            key("stranger"),
            AdmissionPolicy.CHALLENGE,
            new MessageContext(text, "{\"name\":\"Ana\"}", false));
    assertThat(pending().get(0).text()).isEqualTo("x".repeat(499));
    assertThat(pending().get(0).metaJson()).isEqualTo("{\"name\":\"Ana\"}");
  }

  @Test
  @DisplayName("An approval with an end date admits until then")
  void approvedOnTerms() {
    Challenge challenge = challenged("guest");
    AllowTerms terms =
        new AllowTerms(pairing.clock().instant().plus(Duration.ofSeconds(10)), "for the party");
    pairing.store().approve(challenge.request().requestId(), terms, false, OPERATOR);
    assertThat(write("guest")).isEqualTo(Admit.MEMBER);
    pairing.clock().move(Duration.ofSeconds(10));
    assertThat(write("guest")).isInstanceOf(Challenge.class);
    assertThat(allowed(false).get(0).note()).isEqualTo("for the party");
    assertThat(allowed(false).get(0).approvedVia()).isEqualTo("console");
  }
}
