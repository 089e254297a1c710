package dev.nexo.pairing.companion;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.StorageUnavailableException;
import java.time.Duration;

/**
 * Issues and verifies bootstrap tokens ({@code protocol.md#tokens}) without recording them. {@link
 * SetupCodeStore} records the codes, so that operators can find and cancel them. Thread-safe.
 *
 * <p><b>What comes in:</b> the URL of the gateway, and optionally a profile, a lifetime and a
 * device label.
 *
 * <p><b>What happens:</b> the active key signs the claims, which takes microseconds. Roughly every
 * five minutes an issue call first writes to the database, extending the time until which this key
 * must keep verifying. Example: a code of 12:00:00 that lives for 60 s needs the key until
 * 12:01:00. The call writes 12:06:00, so codes with this lifetime need no write until 12:05:00.
 *
 * <p><b>What goes out:</b> a setup code. Anyone who has it can pair one device until it expires.
 *
 * <p><b>What can go wrong:</b> a value is out of range, this server does not have the active
 * signing key, or the database does not answer. Then no code is issued.
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
   * @throws StorageUnavailableException if the call has to write to the database, which does not
   *     answer
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
