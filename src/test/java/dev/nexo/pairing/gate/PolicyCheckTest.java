package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.Finding.Level;
import dev.nexo.pairing.testing.FixedPolicies;
import dev.nexo.pairing.testing.PairingContainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Policy check of the doctor")
class PolicyCheckTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.API);

  @TempDir Path directory;
  private final Configured policies = new Configured();
  private PairingContainer pairing;

  /** Policies that a test sets. */
  private static final class Configured implements Policies {
    private final List<ChannelAccount> accounts = new ArrayList<>();
    private boolean on = true;

    @Override
    public AccountPolicy of(ChannelAccount account) {
      return AccountPolicy.DEFAULT.withAutoChallenge(on && !account.accountId().equals("open"));
    }

    @Override
    public AccountPolicy general() {
      return AccountPolicy.DEFAULT.withAutoChallenge(on);
    }

    @Override
    public boolean anyChallenge() {
      return on;
    }

    @Override
    public List<ChannelAccount> accounts() {
      return accounts;
    }
  }

  @BeforeEach
  void open() {
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(Policies.class, policies)
            .open();
  }

  @AfterEach
  void close() {
    pairing.close();
  }

  private List<Finding> examined() {
    return pairing.get(PolicyCheck.class).examine();
  }

  private List<String> empty() {
    return examined().stream()
        .filter(finding -> finding.level() == Level.WARNING)
        .map(Finding::text)
        .toList();
  }

  private void seed(String account) {
    pairing
        .store()
        .seed(new ChannelAccount("chat", account), List.of(new SeedEntry("ana", null)), OPERATOR);
  }

  private void write(String account) {
    pairing.gate().shouldAdmit("chat", account, "stranger", AdmissionPolicy.CHALLENGE);
  }

  @Test
  @DisplayName("A policy that is off everywhere is reported")
  void policyOff() {
    policies.on = false;
    policies.accounts.add(new ChannelAccount("chat", "a"));
    assertThat(examined()).hasSize(1);
    assertThat(examined().get(0).text()).contains("Everyone is admitted");
    assertThat(examined().get(0).remedy()).contains("PAIRING_POLICY_AUTO_CHALLENGE=true");
    policies.on = true;
    policies.accounts.clear();
    assertThat(examined()).containsExactly(Finding.ok("policy", examined().get(0).text()));
  }

  @Test
  @DisplayName("An account that challenges without allowed senders is named")
  void nobodyAllowed() {
    policies.accounts.add(new ChannelAccount("chat", "configured"));
    policies.accounts.add(new ChannelAccount("chat", "open"));
    write("written");
    write("open");
    seed("seeded");
    assertThat(empty())
        .satisfiesExactly(
            text -> assertThat(text).contains("account chat:configured "),
            text -> assertThat(text).contains("account chat:written "));
    seed("written");
    assertThat(empty()).hasSize(1);
  }

  @Test
  @DisplayName("Changed policies are checked with the accounts of the database")
  void proposed() {
    seed("seeded");
    List<ChannelAccount> known = new ArrayList<>();
    Policies other =
        new FixedPolicies(AccountPolicy.CHALLENGE) {
          @Override
          public void requireUnambiguous(List<ChannelAccount> accounts) {
            known.addAll(accounts);
          }
        };
    pairing.get(PolicyCheck.class).check(new Policies.Proposed(other));
    assertThat(known).containsExactly(new ChannelAccount("chat", "seeded"));
  }

  @Test
  @DisplayName("Revoked and expired senders do not count as allowed")
  void inactiveSenders() {
    seed("a");
    seed("b");
    assertThat(empty()).isEmpty();
    pairing.store().revoke(new SenderKey("chat", "a", "ana"), OPERATOR);
    assertThat(empty()).hasSize(1);
    pairing
        .store()
        .update(
            new SenderKey("chat", "b", "ana"),
            new AllowTerms.Update(
                Optional.of(pairing.clock().instant().plusSeconds(60)), Optional.empty()),
            OPERATOR);
    assertThat(empty()).hasSize(1);
    pairing.clock().move(Duration.ofSeconds(60));
    assertThat(empty()).hasSize(2);
  }

  @Test
  @DisplayName("At most 20 accounts are named")
  void manyAccounts() {
    for (int i = 0; i < 25; i++) {
      policies.accounts.add(new ChannelAccount("chat", "a" + i));
    }
    assertThat(empty()).hasSize(21);
    assertThat(empty().get(20)).startsWith("Further accounts").endsWith(": 5.");
  }
}
