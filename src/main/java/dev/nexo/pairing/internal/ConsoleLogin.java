package dev.nexo.pairing.internal;

import java.time.Instant;

/**
 * A sign-in to the operator's console.
 *
 * @param name the account, for the audit trail
 * @param openedAt the time of the sign-in, in milliseconds
 * @param expiresAt the expiry, {@link ConsoleLogins#LIFETIME} later; use does not extend it
 * @param passwordMac a MAC that binds the login to the password that was used: 64 hexadecimal
 *     digits, which only the holder of the token can verify
 */
public record ConsoleLogin(String name, Instant openedAt, Instant expiresAt, String passwordMac) {

  /** Omits the MAC. */
  @Override
  public String toString() {
    return "ConsoleLogin[name=" + name + ", expiresAt=" + expiresAt + "]";
  }
}
