package dev.nexo.pairing.config;

import java.util.Optional;

/** The accounts by which channels call {@code /inbound}. Thread-safe. */
public interface ChannelAccounts {

  /**
   * {@code pairing.channels.<name>.password}, or empty where there is no such account. The name may
   * be anything a caller sends; {@code operator} is never an account.
   */
  Optional<String> password(String name);
}
