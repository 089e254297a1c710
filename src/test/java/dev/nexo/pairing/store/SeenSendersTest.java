package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AllowedSender.End;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Last seen and idle time")
@OnEveryDatabase
class SeenSendersTest extends PairingContract {

  private static final Duration HOUR = Duration.ofHours(1);

  private void seed(String sender, Duration idle) {
    SeedEntry entry = new SeedEntry(sender, null, Role.MEMBER, List.of(), idle);
    assertThat(pairing.store().seed(ACCOUNT, List.of(entry), OPERATOR).seeded()).isEqualTo(1);
  }

  private Instant now() {
    return pairing.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private AllowedSender row(String sender) {
    return allowed(true).stream()
        .filter(row -> row.sender().senderId().equals(sender))
        .findAny()
        .orElseThrow();
  }

  private Instant lastSeen(String sender) {
    pairing.get(SeenSenders.class).sweep(now());
    return row(sender).lastSeenAt();
  }

  @Test
  @DisplayName("A message sets the time, without an audit entry; a stranger has none")
  void records() {
    seed("ana", "bob");
    int audited = audit().size();
    pairing.clock().move(HOUR);
    write("ana");
    pairing.gate().shouldAdmit("chat", null, "eve", AdmissionPolicy.ADMIT_EVERYONE);
    assertThat(lastSeen("ana")).isEqualTo(now());
    assertThat(lastSeen("bob")).isNull();
    assertThat(audit()).hasSize(audited);
  }

  @Test
  @DisplayName("A sender who keeps writing is recorded to the minute")
  void keepsWriting() {
    seed("ana");
    for (int i = 0; i < 20; i++) {
      assertThat(write("ana")).isEqualTo(Admit.MEMBER);
      pairing.clock().move(Duration.ofSeconds(10));
    }
    assertThat(lastSeen("ana")).isAfterOrEqualTo(now().minusSeconds(60));
  }

  @Test
  @DisplayName("The latest time of several servers wins")
  void latestWins() throws SQLException {
    seed("ana");
    long later = now().plusSeconds(100).getEpochSecond();
    write("ana");
    try (Connection other = outside();
        Statement statement = other.createStatement()) {
      statement.execute("UPDATE pairing_allow_from SET last_seen_at = " + later);
    }
    assertThat(lastSeen("ana")).isEqualTo(Instant.ofEpochSecond(later));
  }

  @Test
  @DisplayName("A time of a clock that was ahead is replaced")
  void clockAhead() {
    seed("ana");
    pairing.clock().move(Duration.ofHours(24));
    write("ana");
    assertThat(lastSeen("ana")).isEqualTo(now());
    pairing.clock().move(Duration.ofHours(-24));
    write("ana");
    assertThat(lastSeen("ana")).isEqualTo(now());
  }

  @Test
  @DisplayName("The times in memory are written when the server stops")
  void stops() {
    seed("ana");
    pairing.clock().move(HOUR);
    write("ana");
    Instant seen = now();
    pairing.close();
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .open();
    assertThat(row("ana").lastSeenAt()).isEqualTo(seen);
  }

  @Test
  @DisplayName("Access ends after the idle time, and each message begins it again")
  void idle() {
    seed("ana", HOUR);
    for (int i = 0; i < 3; i++) {
      pairing.clock().move(HOUR.minusSeconds(1));
      assertThat(write("ana")).isEqualTo(Admit.MEMBER);
    }
    assertThat(row("ana").lastSeenAt()).as("written at once, near the end").isEqualTo(now());
    pairing.clock().move(HOUR.minusSeconds(1));
    assertThat(row("ana").endedAt(now())).isNull();
    pairing.clock().move(Duration.ofSeconds(1));
    assertThat(row("ana").endedAt(now())).isEqualTo(End.IDLE);
    assertThat(write("ana")).isInstanceOf(Challenge.class);
    assertThat(pairing.gate().explain("chat", null, "ana").reason()).isEqualTo("pending");
    assertThat(pairing.gate().shouldAdmit("chat", null, "ana", AdmissionPolicy.ADMIT_EVERYONE))
        .as("with the policy off")
        .isEqualTo(Admit.GUEST);
  }

  @Test
  @DisplayName("Approving a sender whose idle time is over begins it again")
  void approvedAgain() {
    seed("ana", HOUR);
    pairing.clock().move(HOUR);
    String code = challenged("ana").request().code().value();
    AllowTerms terms = new AllowTerms(null, null, Role.MEMBER, List.of(), HOUR);
    pairing.store().approve(code, terms, false, OPERATOR);
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
    pairing.clock().move(HOUR.minusSeconds(1));
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("An idle time that would end the access at once is rejected")
  void wouldEndAtOnce() {
    seed("ana");
    pairing.clock().move(HOUR);
    AllowTerms.Update hour = new AllowTerms.Update(null, null, null, null, Optional.of(HOUR));
    assertThatThrownBy(() -> pairing.store().update(key("ana"), hour, OPERATOR))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("idle_secs");
    write("ana");
    lastSeen("ana");
    assertThat(pairing.store().update(key("ana"), hour, OPERATOR)).isPresent();
  }

  @Test
  @DisplayName("The list of the unseen has those who neither were admitted nor wrote since")
  void unseen() {
    seed("gone", "writes");
    pairing.clock().move(HOUR);
    Instant since = now();
    pairing.clock().move(Duration.ofMinutes(1));
    seed("new");
    write("writes");
    lastSeen("writes");
    assertThat(
            pairing
                .store()
                .allowed(new AllowFilter(AccountFilter.ALL, null, false, since), ALL)
                .items())
        .extracting(row -> row.sender().senderId())
        .containsExactly("gone");
  }
}
