package dev.nexo.pairing.config;

import dev.nexo.pairing.ChannelAccount;
import java.util.List;

/** Whether strangers are challenged, account by account. Thread-safe and quick. */
public interface Policies {

  /**
   * {@code pairing.policy.<channel>.<account>.auto_challenge}, else {@code
   * pairing.policy.auto_challenge}, else false.
   */
  boolean autoChallenge(ChannelAccount account);

  /**
   * Whether strangers are challenged anywhere: everywhere, or on an account of the configuration.
   * Reads the whole configuration; not for the hot path.
   */
  boolean anyChallenge();

  /** The accounts that the configuration spells out; the environment cannot name any. */
  List<ChannelAccount> accounts();
}
