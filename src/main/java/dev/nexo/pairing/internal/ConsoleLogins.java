package dev.nexo.pairing.internal;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.StorageUnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is signed in on the operator's page ({@code http-api.md#console-sign-in}), known to all
 * servers of one database and kept over a restart. Tokens come as the 64 hexadecimal digits of
 * their SHA-256; they themselves are kept nowhere. Thread-safe. Every method may throw {@link
 * StorageUnavailableException}; nothing has changed then unless the answer alone was lost.
 */
public interface ConsoleLogins {

  /** How long a login lasts, whether it is used or not. */
  Duration LIFETIME = Duration.ofHours(12);

  /** How many logins there are at most; one more ends the oldest. */
  int MAX_LIVE = 100;

  /**
   * Signs somebody in, with a line {@code login_opened} in the audit trail.
   *
   * @param tokenSha256 of a token of at least 128 random bits
   * @param passwordMac as in {@link ConsoleLogin#passwordMac}
   * @param by who, and through what
   */
  ConsoleLogin open(String tokenSha256, String passwordMac, Actor by);

  /** The login of a token, or empty where there is none or its time is over. */
  Optional<ConsoleLogin> find(String tokenSha256);

  /**
   * Signs somebody out on all servers at once, with a line {@code login_ended} in the audit trail.
   *
   * @return whether there was such a login
   */
  boolean end(String tokenSha256, Actor by);
}
