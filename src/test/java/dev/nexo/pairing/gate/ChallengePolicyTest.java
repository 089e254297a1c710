package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.FixedPolicies;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import dev.nexo.pairing.testkit.MovableClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Policy of challenges")
@OnEveryDatabase
class ChallengePolicyTest extends PairingContract {

  private static final Decision OVER_BUDGET = new Drop(DropReason.BUDGET);

  private final FixedPolicies policies = new FixedPolicies(policy(false, 5));

  private static AccountPolicy policy(boolean silent, int perHour) {
    return new AccountPolicy(true, silent, perHour, false, 0, Set.of());
  }

  @Override
  @BeforeEach
  protected void open() {
    storage = database.create(directory.resolve("pairing.db"));
    pairing = open(new MovableClock());
  }

  /** Another server of the same database. */
  private PairingContainer open(MovableClock clock) {
    return PairingContainer.over(directory.resolve("pairing.db"))
        .with(StorageSettings.class, storage)
        .with(Policies.class, policies)
        .with(Clock.class, clock)
        .open();
  }

  private Decision writeTo(PairingContainer server, String account, String sender) {
    return server.gate().shouldAdmit("chat", account, sender, AdmissionPolicy.CHALLENGE);
  }

  /** Writes until there is a challenge, which the operator denies at once, or a final drop. */
  private Decision writeUntilDecided(PairingContainer server, String sender) {
    while (true) {
      Decision decision = writeTo(server, null, sender);
      if (decision instanceof Challenge challenge) {
        server.store().deny(challenge.request().code().value(), false, null, OPERATOR);
      }
      if (!decision.equals(new Drop(DropReason.MAX_PENDING))) {
        return decision;
      }
    }
  }

  /** 64 strangers write at the same time, half of them to each server. */
  private List<Decision> writeAtOnce(PairingContainer other, String name) throws Exception {
    return Together.run(64, i -> writeTo(i % 2 == 0 ? pairing : other, null, name + i));
  }

  private static List<Challenge> challenges(List<Decision> decisions) {
    return decisions.stream()
        .filter(Challenge.class::isInstance)
        .map(Challenge.class::cast)
        .toList();
  }

  private void challengeAndDeny(int times) {
    for (int i = 0; i < times; i++) {
      String sender = "stranger " + pairing.clock().millis() + " " + i;
      assertThat(writeUntilDecided(pairing, sender)).isInstanceOf(Challenge.class);
    }
  }

  private long changes() throws SQLException {
    try (Connection connection = outside();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT changes FROM pairing_store")) {
      row.next();
      return row.getLong(1);
    }
  }

  private Finding finding() {
    return pairing.get(BudgetCheck.class).examine().get(0);
  }

  @Test
  @DisplayName("Of 128 strangers, 64 at once on two servers, exactly 5 are challenged")
  void budgetHoldsUnderRaces() throws Exception {
    try (PairingContainer other = open(pairing.clock());
        LogCapture log = LogCapture.of("dev.nexo.pairing")) {
      List<Decision> first = writeAtOnce(other, "first ");
      List<Challenge> challenges = challenges(first);
      assertThat(challenges).hasSize(3);
      challenges.forEach(
          one -> other.store().deny(one.request().code().value(), false, null, OPERATOR));
      List<Decision> second = writeAtOnce(other, "second ");
      assertThat(challenges(second)).hasSize(2);
      assertThat(second).filteredOn(OVER_BUDGET::equals).hasSize(62);
      assertThat(audit()).filteredOn(entry -> entry.action().equals("challenged")).hasSize(5);
      assertThat(log.lines(LogMessage.BUDGET_USED.id())).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("Over the budget a stranger costs no write; the operator is told once an hour")
  void overBudget() throws SQLException {
    challengeAndDeny(5);
    assertThat(finding().id()).isNull();
    try (LogCapture log = LogCapture.of("dev.nexo.pairing")) {
      assertThat(write("first")).isEqualTo(OVER_BUDGET);
      long changes = changes();
      for (int i = 0; i < 100; i++) {
        assertThat(write("flood " + i)).isEqualTo(OVER_BUDGET);
      }
      assertThat(changes()).isEqualTo(changes);
      assertThat(log.lines("The account chat:default has made 5 challenges")).isEqualTo(1);
      assertThat(finding().text()).contains("chat:default", "(budget)");
      assertThat(pairing.gate().explain("chat", null, "flood 1").reason()).isEqualTo("budget");
      assertThat(writeTo(pairing, "other", "flood 1")).isInstanceOf(Challenge.class);
      pairing.clock().move(Duration.ofMinutes(60));
      assertThat(finding().id()).isNull();
      challengeAndDeny(5);
      assertThat(write("last")).isEqualTo(OVER_BUDGET);
      assertThat(log.lines("The account chat:default has made 5 challenges")).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("Only new requests are counted; a pending stranger and an admitted one write on")
  void onlyNewRequests() {
    policies.set(policy(false, 2));
    seed("friend");
    Challenge first = challenged("first");
    for (int i = 0; i < 10; i++) {
      assertThat(challenged("first").request()).isEqualTo(first.request());
    }
    challenged("second");
    assertThat(write("third")).isEqualTo(OVER_BUDGET);
    assertThat(challenged("first").request()).isEqualTo(first.request());
    assertThat(write("friend")).isInstanceOf(Admit.class);
    pairing.store().deny(first.request().code().value(), false, null, OPERATOR);
    assertThat(write("third")).isEqualTo(OVER_BUDGET);
    policies.set(policy(false, 3));
    assertThat(write("third")).isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("With a budget of 0 nobody is challenged, and the operator is told")
  void noBudget() {
    policies.set(policy(false, 0));
    assertThat(write("stranger")).isEqualTo(OVER_BUDGET);
    assertThat(pending()).isEmpty();
    assertThat(finding().text()).contains("chat:default");
  }

  @ParameterizedTest
  @ValueSource(longs = {400, 10_000_000})
  @DisplayName("An hour that began on a wrong clock does not stop challenges")
  void clockSetBack(long seconds) {
    pairing.clock().move(Duration.ofSeconds(seconds));
    challengeAndDeny(5);
    pairing.clock().move(Duration.ofSeconds(-seconds));
    assertThat(write("stranger")).isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("A server whose clock is behind shares the hour")
  void clockBehind() {
    challengeAndDeny(5);
    pairing.clock().move(Duration.ofSeconds(-2));
    assertThat(write("stranger")).isEqualTo(OVER_BUDGET);
  }

  @Test
  @DisplayName("A silent account makes requests and puts nothing into the outbox")
  void silent() throws SQLException {
    policies.set(policy(true, 30));
    MessageContext message = new MessageContext("hi", "{}", true);
    Decision decision = pairing.gate().decide(key("one"), AdmissionPolicy.CHALLENGE, message);
    assertThat(((Challenge) decision).delivery()).isEqualTo(Delivery.SILENT);
    assertThat(challenged("two").delivery()).isEqualTo(Delivery.SILENT);
    assertThat(pending()).hasSize(2).allSatisfy(row -> assertThat(row.number()).isPositive());
    assertThat(outbox()).isZero();
    assertThat(pairing.notices().of(PairingEvent.Challenged.class)).hasSize(2);
    assertThat(approve(challenged("two"))).isNotNull();
    assertThat(write("two")).isInstanceOf(Admit.class);
  }

  @Test
  @DisplayName("A silent request stays silent, and a contact hears nothing of an earlier one")
  void staysSilent() throws SQLException {
    MessageContext plain = new MessageContext("hi", "{}", true);
    assertThat(decide("contact", plain.silently())).isEqualTo(Delivery.SILENT);
    assertThat(decide("contact", plain)).isEqualTo(Delivery.SILENT);
    assertThat(outbox()).isZero();
    assertThat(challenged("stranger").delivery()).isEqualTo(Delivery.NOT_ASKED);
    assertThat(decide("stranger", plain.silently())).isEqualTo(Delivery.SILENT);
    assertThat(outbox()).isZero();
    assertThat(decide("stranger", plain)).isEqualTo(Delivery.QUEUED);
    assertThat(outbox()).isEqualTo(1);
    assertThat(pending()).hasSize(2);
  }

  private Delivery decide(String sender, MessageContext message) {
    Decision decision = pairing.gate().decide(key(sender), AdmissionPolicy.CHALLENGE, message);
    return ((Challenge) decision).delivery();
  }

  private long outbox() throws SQLException {
    try (Connection connection = outside();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM pairing_outbox")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The account of {@link PairingContract}, which doctor names. */
  @Test
  @DisplayName("The budget of each account is its own")
  void perAccount() {
    challengeAndDeny(5);
    assertThat(write("x")).isEqualTo(OVER_BUDGET);
    ChannelAccount other = new ChannelAccount("chat", "other");
    assertThat(writeTo(pairing, other.accountId(), "x")).isInstanceOf(Challenge.class);
  }
}
