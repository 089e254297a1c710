package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.ChannelAccount;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Configured policies")
class ConfiguredPoliciesTest {

  private static final Given ONE_ACCOUNT =
      Given.yaml("pairing: {policy: {whatsapp: {my.work-1: {auto_challenge: true}}}}");

  private static Policies policies(Given given) {
    return new ConfiguredPolicies(given.read());
  }

  @Test
  @DisplayName("Nobody is challenged by default")
  void challengesNobody() {
    assertThat(policies(Given.nothing()).autoChallenge(new ChannelAccount("whatsapp", "default")))
        .isFalse();
    assertThat(policies(Given.nothing()).anyChallenge()).isFalse();
  }

  @Test
  @DisplayName("An account's own policy overrides the general one")
  void accountWins() {
    Policies policies =
        policies(
            Given.yaml(
                "pairing: {policy: {auto_challenge: true, whatsapp: {a: {auto_challenge: false}}}}"));
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "a"))).isFalse();
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "b"))).isTrue();
    assertThat(policies.autoChallenge(new ChannelAccount("telegram", "a"))).isTrue();
  }

  @Test
  @DisplayName("Account names may contain dots")
  void dots() {
    Policies policies = policies(ONE_ACCOUNT);
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "my.work-1"))).isTrue();
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "my"))).isFalse();
    assertThat(policies.anyChallenge()).isTrue();
  }

  @Test
  @DisplayName("A variable applies to every account that maps to its name")
  void variableNames() {
    Policies policies =
        policies(Given.environment("PAIRING_POLICY_WHATSAPP_A_B_AUTO_CHALLENGE", "true"));
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "A.b"))).isTrue();
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "a_b"))).isTrue();
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "ab"))).isFalse();
    assertThat(policies.anyChallenge()).isTrue();
  }

  @Test
  @DisplayName("The environment overrides an account in the file")
  void environmentWins() {
    Policies policies =
        policies(
            ONE_ACCOUNT.andEnvironment("PAIRING_POLICY_WHATSAPP_MY_WORK_1_AUTO_CHALLENGE", "no"));
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "my.work-1"))).isFalse();
    assertThat(policies.anyChallenge()).isFalse();
  }

  @Test
  @DisplayName("A variable without an account has no effect")
  void noAccount() {
    Policies policies =
        policies(Given.environment("PAIRING_POLICY_WHATSAPP_AUTO_CHALLENGE", "true"));
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "default"))).isFalse();
    assertThat(policies.anyChallenge()).isFalse();
  }

  @Test
  @DisplayName("Answers stay correct when the cache is full")
  void cacheOverflow() {
    Policies policies = policies(ONE_ACCOUNT);
    for (int i = 0; i < 10_100; i++) {
      assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "a" + i))).isFalse();
    }
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "my.work-1"))).isTrue();
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "my.work-1"))).isTrue();
  }
}
