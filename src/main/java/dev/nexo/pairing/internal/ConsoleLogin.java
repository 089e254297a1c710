package dev.nexo.pairing.internal;

import java.time.Instant;

/**
 * Somebody who is signed in on the operator's page.
 *
 * @param name the account, for the audit trail
 * @param openedAt since when, milliseconds
 * @param expiresAt until when, {@link ConsoleLogins#LIFETIME} later; use does not prolong it
 * @param passwordMac what ties the login to the password it was opened with: 64 hexadecimal digits,
 *     of which only who has the token can make anything
 */
public record ConsoleLogin(String name, Instant openedAt, Instant expiresAt, String passwordMac) {

  /** Leaves the code out. */
  @Override
  public String toString() {
    return "ConsoleLogin[name=" + name + ", expiresAt=" + expiresAt + "]";
  }
}
