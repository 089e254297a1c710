package dev.nexo.pairing.config;

import java.util.Optional;

/** The accounts with which channels call {@code /inbound}. Thread-safe. */
public interface ChannelAccounts {

  /**
   * Returns the password of an account, {@code pairing.channels.<name>.password}; empty if there is
   * no such account. The name may be any string from a caller; {@code operator} is never an
   * account.
   */
  Optional<String> password(String name);
}
