package dev.nexo.pairing.companion;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.StorageUnavailableException;
import java.util.Optional;
import java.util.Set;

/**
 * Companions that are signed in: how they get in, and who honours them. Thread-safe.
 *
 * <p>Of tokens only their SHA-256 is kept. Every change is one transaction of its own, with its
 * line in the audit trail. Every method may throw {@link StorageUnavailableException}.
 */
public interface PairingSessionStore {

  /**
   * The session that a token opens; its use is noted. This is what other modules ask.
   *
   * @return empty where there is none, or it is over
   */
  Optional<PairingSession> find(SessionToken token);

  /**
   * A fresh challenge for a companion with a device key, good for {@value
   * DeviceChallenge#LIFETIME_SECONDS} s on every server of the database, for this token alone.
   *
   * @param token the token that is going to be presented with the proof
   * @return empty where the token can be redeemed neither now nor again
   */
  Optional<DeviceChallenge> challenge(BootstrapToken token);

  /**
   * The same for the session token of a companion that wants a new one.
   *
   * @return empty where there is no such session, or it is bound to no key
   */
  Optional<DeviceChallenge> challenge(SessionToken token);

  /**
   * A challenge that tells nothing about the token: also for one that can never be redeemed. For
   * connections on which the refusal comes after the proof.
   */
  DeviceChallenge blindChallenge(BootstrapToken token);

  /**
   * Spends a bootstrap token and opens a session, in one transaction: of any number of attempts on
   * any number of servers, one succeeds. Where the answer was lost, the same device key with a
   * fresh signature gets a new token for the same session within 30 s, and the first one dies; that
   * the bootstrap token has expired meanwhile does not matter.
   *
   * @param token the token
   * @param proof of the device key to which the session is to be bound, or null
   */
  Redemption redeem(BootstrapToken token, DeviceProof proof);

  /**
   * Replaces a session's token; the old one is dead at once.
   *
   * @param token the session's token
   * @param proof of its device key, where it is bound to one; else it is not looked at
   */
  Redemption rotate(SessionToken token, DeviceProof proof);

  /**
   * Ends the session of a companion that signs out.
   *
   * @return whether there was one
   */
  boolean signOut(SessionToken token);

  /**
   * The live sessions, the newest first.
   *
   * @throws InvalidValueException where the cursor is not one of this list's
   */
  Page<PairingSession> list(PageRequest page);

  /** The live session with this id. To look it up is no use of it. */
  Optional<PairingSession> byId(String sessionId);

  /** How many sessions are live. */
  long live();

  /**
   * Which of these sessions are live. To be asked by whoever holds their connections, which is a
   * use of them: a companion that stays connected is not idle.
   *
   * @param sessionIds any number of them
   */
  Set<String> liveAmong(Set<String> sessionIds);

  /**
   * Ends a session on the operator's word.
   *
   * @return whether there was one
   */
  boolean revoke(String sessionId, Actor by);
}
