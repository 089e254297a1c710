package dev.nexo.pairing.companion;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.StorageUnavailableException;
import java.util.Optional;

/**
 * The setup codes that operators hand out, and what becomes of them. Thread-safe.
 *
 * <p>Every change is one transaction of its own, with its line in the audit trail. Every method may
 * throw {@link StorageUnavailableException}.
 */
public interface SetupCodeStore {

  /**
   * Finds out where companions reach this server, makes a setup code and records it.
   *
   * @throws InvalidValueException where a value is not allowed, or a URL is malformed or in
   *     cleartext where that is not allowed
   * @throws PublicUrlUnknownException where no URL is known at all
   * @throws SigningKeyException where the key file is unfit, or not the one the database knows
   */
  IssuedSetupCode start(SetupCodeRequest request, Actor by);

  /** What has become of a setup code; empty where there is none, or it is forgotten. */
  Optional<SetupCodeStatus> find(String setupId);

  /**
   * Takes a setup code back. One that was redeemed stays so, and one that is expired or cancelled
   * already, too.
   *
   * @return how it stands now, or empty where there is none
   */
  Optional<SetupCodeStatus> cancel(String setupId, Actor by);

  /**
   * Makes a new signing key. Codes issued under the old one can be redeemed until the last of them
   * has run out.
   *
   * @throws SigningKeyException where the key file is unfit, or not the one the database knows
   */
  KeyRotation rotateKey(Actor by);
}
