package dev.nexo.pairing.config;

import dev.nexo.pairing.ChannelAccount;
import java.util.List;
import java.util.Optional;

/** Finds the policy of each account. The policies can change while the server runs. Thread-safe. */
public interface Policies {

  /**
   * Policies that become active unless an observer of this event throws a {@link
   * ConfigurationException}.
   */
  record Proposed(Policies policies) {}

  /** Ends what {@link #pin} has begun, on the same thread. */
  @FunctionalInterface
  interface Pin extends AutoCloseable {

    /** Ends nothing, because something further out has begun it. */
    Pin NONE = () -> {};

    @Override
    void close();
  }

  /**
   * Lets the current thread read the policies and the texts as they are now until the result is
   * closed, so that one decision does not mix old and new settings.
   */
  default Pin pin() {
    return Pin.NONE;
  }

  /**
   * Returns the policy of an account: each value is that of {@code
   * pairing.policy.<channel>.<account>.<key>}, or of {@code pairing.policy.<key>} if that is not
   * set, or its default. Fast: policies are cached.
   */
  AccountPolicy of(ChannelAccount account);

  /** Returns the policy of every account that has no setting of its own. */
  AccountPolicy general();

  /** Returns whether strangers are challenged on an account. */
  default boolean autoChallenge(ChannelAccount account) {
    return of(account).autoChallenge();
  }

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

  /**
   * Returns the accounts with a policy of their own. The name of an environment variable counts as
   * the account that is written like this in lower case, although it can fit others.
   */
  default List<ChannelAccount> named() {
    return accounts();
  }
}
