package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.ChannelAccount;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  @DisplayName("Each key of an account overrides the one for all, and has a default")
  void everyKey() {
    ChannelAccount one = new ChannelAccount("whatsapp", "a");
    assertThat(policies(Given.nothing()).of(one)).isEqualTo(AccountPolicy.DEFAULT);
    Policies policies =
        policies(
            Given.yaml(
                "pairing: {policy: {challenge: silent, challenges_per_hour: 5, groups: pair,"
                    + " hold_messages: 5, notify_requester: [approved, denied, expired],"
                    + " whatsapp: {a: {challenge: reply, challenges_per_hour: 0, groups: drop,"
                    + " hold_messages: 0, notify_requester: []}}}}"));
    assertThat(policies.of(one)).isEqualTo(new AccountPolicy(false, false, 0, false, 0, Set.of()));
    assertThat(policies.of(new ChannelAccount("whatsapp", "b")))
        .isEqualTo(
            new AccountPolicy(false, true, 5, true, 5, EnumSet.allOf(RequesterNotice.class)));
    assertThat(policies.general()).isEqualTo(policies.of(new ChannelAccount("whatsapp", "b")));
    assertThat(policies.accounts()).containsExactly(one);
    assertThat(policies.anyChallenge()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{challenge: quiet}",
        "{challenges_per_hour: -1}",
        "{challenges_per_hour: 100001}",
        "{groups: admit}",
        "{hold_messages: 6}",
        "{notify_requester: approved}",
        "{notify_requester: [blocked]}",
      })
  @DisplayName("Another value stops the start")
  void invalid(String policy) {
    for (String yaml : List.of(policy, "{whatsapp: {a: " + policy + "}}")) {
      assertThatThrownBy(() -> policies(Given.yaml("pairing: {policy: " + yaml + "}")))
          .isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  @DisplayName("The variables of challenge and auto_challenge are not confused")
  void similarVariables() {
    Policies policies =
        policies(
            Given.environment("PAIRING_POLICY_WHATSAPP_A_AUTO_CHALLENGE", "true")
                .andEnvironment("PAIRING_POLICY_WHATSAPP_A_CHALLENGE", "silent"));
    AccountPolicy policy = policies.of(new ChannelAccount("whatsapp", "a"));
    assertThat(policy.autoChallenge()).isTrue();
    assertThat(policy.silent()).isTrue();
    assertThat(policies.of(new ChannelAccount("whatsapp", "A")).silent())
        .as("another name of the variable")
        .isFalse();
    assertThat(policies.general()).as("all other accounts").isEqualTo(AccountPolicy.DEFAULT);
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
  @DisplayName("A variable closes every account that its name fits")
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
  @DisplayName("A variable without an account stops the start")
  void noAccount() {
    assertThatThrownBy(
            () -> policies(Given.environment("PAIRING_POLICY_WHATSAPP_AUTO_CHALLENGE", "true")))
        .hasMessageContaining("expected PAIRING_POLICY_<CHANNEL>_<ACCOUNT>_AUTO_CHALLENGE");
  }

  @ParameterizedTest(name = "{0}:{1} challenges: {2}, {3}")
  @CsvSource({
    "whatsapp, support_bot, false, the name in lower case",
    "whatsapp, support-bot, true, another name of the variable",
    "whatsapp, support.bot, true, another name of the variable",
    "whatsapp, Support-Bot, true, another name of the variable",
    "whatsapp, SUPPORT_BOT, true, another name of the variable",
    "whatsapp_support, bot, true, another channel",
  })
  @DisplayName("A variable opens only the account whose name it spells")
  void opens(String channel, String account, boolean challenges, String reason) {
    Policies policies =
        policies(
            Given.yaml("pairing: {policy: {auto_challenge: true}}")
                .andEnvironment("PAIRING_POLICY_WHATSAPP_SUPPORT_BOT_AUTO_CHALLENGE", "false"));
    ChannelAccount one = new ChannelAccount(channel, account);
    assertThat(policies.autoChallenge(one)).isEqualTo(challenges);
    assertThat(policies.ignoredVariable(one).isPresent()).isEqualTo(challenges);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "PAIRING_POLICY_MATRIX_CLUB_AUTO_CHALLENGE, true, matrix:club",
    "PAIRING_POLICY_MATRIX_CLUB_CHALLENGE, silent, matrix:club",
    "PAIRING_POLICY_MATRIX_MY_CLUB_CHALLENGES_PER_HOUR, 5, matrix:my_club",
    "PAIRING_POLICY_AUTO_CHALLENGE, true, ",
    "PAIRING_POLICY_CHALLENGES_PER_HOUR, 5, ",
    "PAIRING_MESSAGES_MATRIX_CLUB_EN_APPROVED, Welcome, "
  })
  @DisplayName("The account that a variable names is listed, as written in lower case")
  void named(String variable, String value, String account) {
    assertThat(policies(Given.environment(variable, value)).named())
        .extracting(one -> one.channel() + ":" + one.accountId())
        .containsExactlyElementsOf(account == null ? List.of() : List.of(account));
  }

  @Test
  @DisplayName("A variable opens the one configured account that it fits, and no other")
  void opensConfigured() {
    Policies policies =
        policies(
            Given.yaml(
                    "pairing: {policy: {auto_challenge: true, whatsapp: {Support-Bot:"
                        + " {auto_challenge: true}}}}")
                .andEnvironment("PAIRING_POLICY_WHATSAPP_SUPPORT_BOT_AUTO_CHALLENGE", "false"));
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "Support-Bot"))).isFalse();
    assertThat(policies.autoChallenge(new ChannelAccount("whatsapp", "support-bot"))).isTrue();
    ChannelAccount known = new ChannelAccount("whatsapp", "support.bot");
    assertThatThrownBy(() -> policies.requireUnambiguous(List.of(known)))
        .hasMessageContaining("whatsapp:Support-Bot, whatsapp:support.bot");
    policies.requireUnambiguous(List.of(new ChannelAccount("whatsapp", "Support-Bot")));
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
