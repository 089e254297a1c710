package dev.nexo.pairing.companion;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.StorageUnavailableException;
import java.time.Duration;

/**
 * Signs bootstrap tokens and checks their signatures, as Nexo's issuer of the same name does
 * (contract, section 6). Keeps no record: for codes that an operator can look up and cancel there
 * is {@link SetupCodeStore}. Thread-safe, and takes microseconds; about once in five minutes,
 * issuing waits for the database, in which until when codes live is promised before they are handed
 * out.
 */
public interface SetupCodeIssuer {

  /** The profile where none is asked for. */
  String DEFAULT_PROFILE = "companion-v1";

  /** The shortest life of a code. */
  Duration MIN_TTL = Duration.ofSeconds(1);

  /** The longest life of a code. */
  Duration MAX_TTL = Duration.ofHours(24);

  /** The longest device label, in characters. */
  int MAX_DEVICE_LABEL = 64;

  /**
   * Makes a setup code, and the key file where there is none yet.
   *
   * @param url where companions find this server, as it stands in the code; not blank
   * @param profile what the companion may become, 1–64 of {@code [A-Za-z0-9._-]}; null for {@value
   *     #DEFAULT_PROFILE}
   * @param ttl how long the code can be used, 1 s to 24 h; null for the configured default
   * @param deviceLabel what the operator calls the device, up to {@value #MAX_DEVICE_LABEL}
   *     characters, none of them control characters; null for none
   * @throws InvalidValueException where one of these is not as said
   * @throws SigningKeyException where the key file is unfit or not the one the database knows
   * @throws StorageUnavailableException where that cannot be found out, or until when codes live
   *     cannot be promised
   */
  SetupCode issue(String url, String profile, Duration ttl, String deviceLabel);

  /**
   * Checks a token's signature first, then what it says, then its expiry. On a server that has the
   * key in force, or where none was ever made, never throws for what a stranger can send.
   *
   * @throws SigningKeyException where none of this server's keys has signed it, and this server
   *     lacks the key in force: who has an honest token cannot be told from who has none
   * @throws StorageUnavailableException where it was never found out which keys count
   */
  TokenCheck verify(BootstrapToken token);
}
