package dev.nexo.pairing.testing;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import java.util.List;

/** One policy for all accounts, which a test can change. The account {@code configured} exists. */
public class FixedPolicies implements Policies {

  private volatile AccountPolicy policy;

  public FixedPolicies(AccountPolicy policy) {
    this.policy = policy;
  }

  /** Replaces the policy. */
  public void set(AccountPolicy other) {
    policy = other;
  }

  @Override
  public AccountPolicy of(ChannelAccount account) {
    return policy;
  }

  @Override
  public AccountPolicy general() {
    return policy;
  }

  @Override
  public boolean anyChallenge() {
    return policy.autoChallenge();
  }

  @Override
  public List<ChannelAccount> accounts() {
    return List.of(new ChannelAccount("chat", "configured"));
  }
}
