package dev.nexo.pairing.internal;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.StorageUnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * The sign-ins to the operator's console ({@code http-api.md#console-sign-in}), shared by all
 * servers of one database and kept across restarts. A token is passed as the 64 hexadecimal digits
 * of its SHA-256; the token itself is not stored. Thread-safe. Every method may throw {@link
 * StorageUnavailableException}; nothing has changed then, unless the commit succeeded and only its
 * confirmation was lost.
 */
public interface ConsoleLogins {

  /** The lifetime of a login; use does not extend it. */
  Duration LIFETIME = Duration.ofHours(12);

  /** The maximum number of logins; another one ends the oldest. */
  int MAX_LIVE = 100;

  /**
   * Opens a login and records {@code login_opened} in the audit trail.
   *
   * @param tokenSha256 the SHA-256 of a token of at least 128 random bits
   * @param passwordMac as in {@link ConsoleLogin#passwordMac}
   * @param by the operator and the surface
   */
  ConsoleLogin open(String tokenSha256, String passwordMac, Actor by);

  /** Returns the login of a token; empty if there is none or it has expired. */
  Optional<ConsoleLogin> find(String tokenSha256);

  /**
   * Ends a login on all servers immediately and records {@code login_ended} in the audit trail.
   *
   * @return false if there is no such login
   */
  boolean end(String tokenSha256, Actor by);
}
