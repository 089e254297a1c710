package dev.nexo.pairing.config;

import dev.nexo.pairing.ChannelAccount;
import java.util.List;

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

  /** Returns the accounts with a policy of their own, except those in environment variables. */
  List<ChannelAccount> accounts();
}
