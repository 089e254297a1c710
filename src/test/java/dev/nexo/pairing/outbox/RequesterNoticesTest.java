package dev.nexo.pairing.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.RequesterNotice;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextTemplate;
import dev.nexo.pairing.store.ExpirySweeper;
import dev.nexo.pairing.store.GateStore;
import dev.nexo.pairing.store.MessageDetails;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.FixedPolicies;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Messages about the outcome of a request")
@OnEveryDatabase
class RequesterNoticesTest extends PairingContract {

  private static final String META = "{\"language\":\"es-MX\",\"name\":\"Ana\"}";

  private final FixedPolicies policies = new FixedPolicies(telling());
  private boolean codeAlone;

  private static AccountPolicy telling(RequesterNotice... notices) {
    Set<RequesterNotice> all = EnumSet.noneOf(RequesterNotice.class);
    all.addAll(List.of(notices));
    return new AccountPolicy(true, false, 1_000, false, 0, all);
  }

  /** Standard texts, and that of the code alone if the test says so. */
  private final class SomeTexts implements Texts {
    @Override
    public String language() {
      return STANDARD.language();
    }

    @Override
    public List<String> languages() {
      return STANDARD.languages();
    }

    @Override
    public Optional<TextTemplate> configured(
        String channel, String accountId, String language, TextKind kind) {
      return codeAlone ? TextTemplate.parse(kind, "{code}") : Optional.empty();
    }
  }

  @Override
  @BeforeEach
  protected void open() {
    storage = database.create(directory.resolve("pairing.db"));
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .with(Policies.class, policies)
            .with(Texts.class, new SomeTexts())
            .open();
  }

  private Outbox outbox() {
    return pairing.get(Outbox.class);
  }

  private String challenged(String sender, boolean deliver, boolean silent) {
    MessageContext context = new MessageContext("hi", META, deliver, true, silent);
    Challenge challenge =
        (Challenge) pairing.gate().decide(key(sender), AdmissionPolicy.CHALLENGE, context);
    return challenge.request().requestId();
  }

  /** The request of a group whose challenge was sent, which no plugin should do. */
  private String deliveredToGroup(String group) {
    GateStore store = pairing.get(GateStore.class);
    store.challenge(key(group), new MessageContext("hi", META, true), 1_000);
    outbox().sent(outbox().claim(10));
    return pending().get(0).requestId();
  }

  /** A request whose challenge was sent. */
  private String delivered(String sender) {
    String request = challenged(sender, true, false);
    outbox().sent(outbox().claim(10));
    return request;
  }

  private void approve(String request, Boolean notify) {
    pairing.store().approve(request, AllowTerms.NONE, notify, OPERATOR);
  }

  private List<String> sent() {
    List<OutboxEntry> claimed = outbox().claim(10);
    outbox().sent(claimed);
    return claimed.stream().map(OutboxEntry::kind).toList();
  }

  private List<String> sentAfterExpiry() {
    pairing.clock().move(Duration.ofMinutes(61));
    pairing.get(ExpirySweeper.class).clear();
    return sent();
  }

  @Test
  @DisplayName("An approval is told if it is configured, or if the operator says so")
  void approvals() {
    policies.set(telling());
    approve(delivered("not configured"), null);
    assertThat(sent()).isEmpty();
    approve(delivered("asked for"), true);
    assertThat(sent()).containsExactly("approved");
    policies.set(telling(RequesterNotice.APPROVED));
    approve(delivered("configured"), null);
    assertThat(sent()).containsExactly("approved");
    approve(delivered("not wanted"), false);
    assertThat(sent()).isEmpty();
    approve(challenged("silent", true, true), null);
    assertThat(sent()).containsExactly("approved");
  }

  @Test
  @DisplayName("The message knows the language, name and number, but no code")
  void details() {
    policies.set(telling(RequesterNotice.APPROVED));
    String request = delivered("ana");
    approve(request, null);
    OutboxEntry entry = outbox().claim(10).get(0);
    MessageDetails details = MessageDetails.read(entry.payload());
    assertThat(details.language()).isEqualTo("es");
    assertThat(details.name()).isEqualTo("Ana");
    assertThat(details.number()).isPositive();
    assertThat(entry.code()).isNull();
    assertThat(MessageDetails.read(null).language()).isNull();
  }

  @Test
  @DisplayName("The message of an approval knows whether messages were held")
  void held() {
    policies.set(telling(RequesterNotice.APPROVED));
    String without = delivered("ana");
    String with = delivered("eva");
    assertThat(heldFlag(without)).isFalse();
    hold(with);
    assertThat(heldFlag(with)).isTrue();
  }

  private void hold(String request) {
    pairing
        .get(Database.class)
        .write(
            tx ->
                tx.run(
                    "INSERT INTO pairing_held (request_id, seq, channel, account_id, sender_id,"
                        + " received_at, route, key_fingerprint, sealed)"
                        + " VALUES (?, 1, 'chat', 'default', 'eva', 1, 'bus', 'k', ?)",
                    request,
                    new byte[40]));
  }

  private boolean heldFlag(String request) {
    approve(request, null);
    return outbox().claim(10).stream()
        .filter(entry -> entry.kind().equals("approved") && entry.requestId().equals(request))
        .map(entry -> MessageDetails.read(entry.payload()).held())
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("A denial is told if it is configured, and a block never is")
  void denials() {
    pairing.store().deny(delivered("not configured"), false, null, OPERATOR);
    assertThat(sent()).isEmpty();
    policies.set(telling(RequesterNotice.DENIED));
    pairing.store().deny(delivered("denied"), false, null, OPERATOR);
    assertThat(sent()).containsExactly("denied");
    pairing.store().deny(delivered("blocked"), true, null, OPERATOR);
    pairing.store().block(key("denied"), null, OPERATOR);
    assertThat(sent()).isEmpty();
  }

  @Test
  @DisplayName("An expiry is told once if it is configured")
  void expiries() {
    delivered("not configured");
    assertThat(sentAfterExpiry()).isEmpty();
    policies.set(telling(RequesterNotice.EXPIRED));
    String request = delivered("ana");
    assertThat(sentAfterExpiry()).containsExactly("expired");
    approve(request, null);
    assertThat(sentAfterExpiry()).isEmpty();
    // Also if the operator finds out before the server has cleared it away.
    request = delivered("eva");
    pairing.clock().move(Duration.ofMinutes(61));
    approve(request, null);
    assertThat(sent()).containsExactly("expired");
  }

  @Test
  @DisplayName("Who never got the code is not told of a denial or an expiry")
  void unknowing() {
    policies.set(telling(RequesterNotice.DENIED, RequesterNotice.EXPIRED));
    pairing.store().deny(challenged("silent", true, true), false, null, OPERATOR);
    pairing.store().deny(challenged("unsent", true, false), false, null, OPERATOR);
    pairing.store().deny(challenged("sent by the caller", false, false), false, null, OPERATOR);
    assertThat(sent()).isEmpty();
    challenged("silent too", true, true);
    challenged("unsent too", true, false);
    assertThat(sentAfterExpiry()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"group:42", "-1001234567890"})
  @DisplayName("A group is told nothing, not even if the operator asks for it")
  void groups(String group) {
    policies.set(telling(RequesterNotice.values()));
    approve(deliveredToGroup(group), true);
    pairing.store().revoke(key(group), OPERATOR);
    pairing.store().deny(deliveredToGroup(group), false, null, OPERATOR);
    pairing.store().unblock(key(group), OPERATOR);
    deliveredToGroup(group);
    assertThat(sentAfterExpiry()).isEmpty();
  }

  @Test
  @DisplayName("A sender who writes again gets the new code alone, not news of the old one")
  void writesAgain() {
    policies.set(telling(RequesterNotice.EXPIRED));
    delivered("ana");
    pairing.clock().move(Duration.ofMinutes(61));
    challenged("ana", true, false);
    assertThat(sent()).containsExactly("challenge");
    // Nor if the news were on their way.
    pairing.clock().move(Duration.ofMinutes(61));
    pairing.get(ExpirySweeper.class).clear();
    challenged("ana", true, false);
    assertThat(sent()).containsExactly("challenge");
  }

  @Test
  @DisplayName("News that are an hour old, or no longer true, are not sent")
  void late() {
    policies.set(telling(RequesterNotice.DENIED, RequesterNotice.EXPIRED));
    pairing.store().deny(delivered("late"), false, null, OPERATOR);
    pairing.clock().move(Duration.ofMinutes(61));
    assertThat(sent()).isEmpty();
    pairing.store().deny(delivered("admitted since"), false, null, OPERATOR);
    seed("admitted since");
    assertThat(sent()).isEmpty();
    // No server was running when it expired.
    delivered("long ago");
    pairing.clock().move(Duration.ofMinutes(121));
    pairing.get(ExpirySweeper.class).clear();
    assertThat(sent()).isEmpty();
    assertThat(outbox().waiting()).isZero();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(booleans = {true})
  @DisplayName("The code alone follows the challenge, once, if a text for it is configured")
  void codeAlone(Boolean configured) {
    codeAlone = configured != null;
    challenged("ana", true, false);
    challenged("ana", true, false);
    List<OutboxEntry> claimed = outbox().claim(10);
    assertThat(claimed)
        .extracting(OutboxEntry::kind)
        .isEqualTo(codeAlone ? List.of("challenge", "code") : List.of("challenge"));
    assertThat(claimed).extracting(OutboxEntry::code).doesNotContainNull();
  }

  @Test
  @DisplayName("The code alone is deleted with its request")
  void codeGone() {
    codeAlone = true;
    approve(challenged("ana", true, false), false);
    assertThat(outbox().waiting()).isZero();
    challenged("eva", true, false);
    assertThat(sentAfterExpiry()).isEmpty();
    assertThat(outbox().waiting()).isZero();
  }
}
