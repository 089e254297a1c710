package dev.nexo.pairing.config;

import dev.nexo.pairing.ChannelAccount;
import java.util.List;
import java.util.Optional;

/** Decides for each account whether strangers are challenged. Thread-safe. */
public interface Policies {

  /**
   * Returns whether strangers are challenged on an account: {@code
   * pairing.policy.<channel>.<account>.auto_challenge}, or {@code pairing.policy.auto_challenge} if
   * that is not set, or false. Fast: values are cached.
   */
  boolean autoChallenge(ChannelAccount account);

  /**
   * Returns whether strangers are challenged on any account of the configuration, or on all
   * accounts. Slow: reads the whole configuration.
   */
  boolean anyChallenge();

  /**
   * Returns the environment variable whose name fits an account, and which would open it, but is
   * ignored because its name fits other accounts better; empty if there is none.
   */
  default Optional<String> ignoredVariable(ChannelAccount account) {
    return Optional.empty();
  }

  /**
   * Checks that no environment variable fits more than one account, of the configuration and of
   * these.
   *
   * @param known the accounts of the database
   * @throws ConfigurationException naming the variable and the accounts
   */
  default void requireUnambiguous(List<ChannelAccount> known) {}

  /** Returns the accounts with a policy of their own, except those in environment variables. */
  List<ChannelAccount> accounts();
}
