package dev.nexo.pairing.companion;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.StorageUnavailableException;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions of companions. Thread-safe.
 *
 * <p>A companion redeems the bootstrap token of a setup code and gets a session token. Other
 * modules check that token with {@link #find(SessionToken)}. The session ends when it expires, the
 * companion signs out, or an operator revokes it.
 *
 * <p>The store keeps only the SHA-256 of tokens. Every change is one transaction with an entry in
 * the audit trail. Every method may throw {@link StorageUnavailableException}.
 */
public interface PairingSessionStore {

  /** Returns the live session of a token, and records its use; empty if there is none. */
  Optional<PairingSession> find(SessionToken token);

  /**
   * Returns a new challenge for a companion with a device key. It is valid for {@value
   * DeviceChallenge#LIFETIME_SECONDS} s, for this token only, on every server of the database.
   *
   * @return empty if the token can be redeemed neither now nor again
   */
  Optional<DeviceChallenge> challenge(BootstrapToken token);

  /**
   * Returns a new challenge for rotating a session token.
   *
   * @return empty if the session is not live, or is bound to no device key
   */
  Optional<DeviceChallenge> challenge(SessionToken token);

  /**
   * Returns a new challenge for any token, without checking it, for protocols that refuse a token
   * only after the proof.
   */
  DeviceChallenge blindChallenge(BootstrapToken token);

  /**
   * Redeems a bootstrap token and opens a session. Of several attempts on any servers, one
   * succeeds. If the answer is lost, the same device key can redeem the token again within 30 s,
   * even if it has expired by then; the session gets a new token, and the first one becomes
   * invalid.
   *
   * @param proof the proof of the device key to bind the session to, or null
   */
  Redemption redeem(BootstrapToken token, DeviceProof proof);

  /**
   * Replaces a session token; the old one is invalid at once.
   *
   * @param proof the proof of the device key; ignored if the session is bound to none
   */
  Redemption rotate(SessionToken token, DeviceProof proof);

  /** Ends the session of a companion that signs out; returns false if there is none. */
  boolean signOut(SessionToken token);

  /**
   * Returns the live sessions, newest first.
   *
   * @throws InvalidValueException if the cursor is not from this list
   */
  Page<PairingSession> list(PageRequest page);

  /** Returns the live session with an id, without recording a use. */
  Optional<PairingSession> byId(String sessionId);

  /** Returns the number of live sessions. */
  long live();

  /**
   * Returns the live sessions among some, and records their use. Call this for the sessions of open
   * connections: a companion that stays connected is not idle.
   *
   * @param sessionIds any number of ids
   */
  Set<String> liveAmong(Set<String> sessionIds);

  /** Ends a session for an operator; returns false if there is none. */
  boolean revoke(String sessionId, Actor by);
}
