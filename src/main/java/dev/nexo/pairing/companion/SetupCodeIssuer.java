package dev.nexo.pairing.companion;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.StorageUnavailableException;
import java.time.Duration;

/**
 * Issues and verifies bootstrap tokens ({@code protocol.md#tokens}), without a record of them; see
 * {@link SetupCodeStore} for setup codes that operators can look up and cancel. Thread-safe. A call
 * takes microseconds, but about every five minutes issuing waits for the database, which promises
 * how long the signing key verifies.
 */
public interface SetupCodeIssuer {

  /** The default profile. */
  String DEFAULT_PROFILE = "companion-v1";

  /** The minimum lifetime of a setup code. */
  Duration MIN_TTL = Duration.ofSeconds(1);

  /** The maximum lifetime of a setup code. */
  Duration MAX_TTL = Duration.ofHours(24);

  /** The maximum length of a device label, in characters. */
  int MAX_DEVICE_LABEL = 64;

  /**
   * Issues a setup code. Creates the key file if there is no key yet.
   *
   * @param url the URL at which companions reach this server, not blank
   * @param profile what the companion may do, 1–64 characters of {@code [A-Za-z0-9._-]}; null for
   *     {@value #DEFAULT_PROFILE}
   * @param ttl the lifetime of the code, 1 s to 24 h; null for the configured default
   * @param deviceLabel the operator's name for the device, up to {@value #MAX_DEVICE_LABEL}
   *     characters, none of them control characters; or null
   * @throws InvalidValueException if a value is out of range
   * @throws SigningKeyException if this server does not have the active signing key
   * @throws StorageUnavailableException if the database has to be asked and does not answer
   */
  SetupCode issue(String url, String profile, Duration ttl, String deviceLabel);

  /**
   * Verifies the signature of a token, then its claims, then its expiry. Whether it was redeemed is
   * not checked.
   *
   * @throws SigningKeyException if the signature is invalid and this server does not have the
   *     active signing key, so that the token may be valid on other servers
   * @throws StorageUnavailableException if no keys are known and the database does not answer
   */
  TokenCheck verify(BootstrapToken token);
}
