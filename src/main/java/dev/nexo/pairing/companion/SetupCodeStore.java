package dev.nexo.pairing.companion;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.StorageUnavailableException;
import java.util.Optional;

/**
 * Issues, finds and cancels the setup codes of operators. Every change is one transaction with an
 * entry in the audit trail. Every method may throw {@link StorageUnavailableException}.
 * Thread-safe.
 */
public interface SetupCodeStore {

  /**
   * Issues a setup code with the URL at which companions reach this server, and records it.
   *
   * @throws InvalidValueException if a value is out of range, or the URL is refused
   * @throws PublicUrlUnknownException if no URL is known
   * @throws SigningKeyException if this server does not have the active signing key
   */
  IssuedSetupCode start(SetupCodeRequest request, Actor by);

  /** Returns the status of a setup code; empty if there is none, or it was deleted. */
  Optional<SetupCodeStatus> find(String setupId);

  /**
   * Cancels a setup code. A code that was redeemed, has expired or was cancelled stays as it is.
   *
   * @return the status afterwards; empty if there is no such code
   */
  Optional<SetupCodeStatus> cancel(String setupId, Actor by);

  /**
   * Replaces the signing key. Setup codes that the old key signed stay valid until they expire.
   *
   * @throws SigningKeyException if this server does not have the active signing key
   */
  KeyRotation rotateKey(Actor by);
}
