package dev.nexo.pairing.companion;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.StorageUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions of paired companions ({@code protocol.md#sessions}). Thread-safe.
 *
 * <p><b>What comes in:</b> the bootstrap token of a setup code, which a companion redeems once;
 * later its session token, which other modules check with {@link #find(SessionToken)}.
 *
 * <p><b>What happens:</b> {@link #redeem} verifies the bootstrap token and, if there is one, the
 * proof of the device key. One transaction spends the token, opens the session and writes the audit
 * trail. A session lasts 24 h unless configured otherwise, and a companion in use can renew it, for
 * up to 30 days. It ends earlier if the companion signs out, an operator revokes it, or it is idle
 * for longer than configured.
 *
 * <p><b>What goes out:</b> a session token, of which the database stores only the SHA-256.
 *
 * <p><b>What can go wrong:</b> if several callers redeem one token, on any servers, exactly one
 * succeeds. A companion is never given the reason for a refusal. If the response was lost, the same
 * device key may retry within 30 s. Example: the token is redeemed at 12:00:00. At 12:00:20 the
 * same device signs a new challenge and gets a new session token; the first one becomes invalid. At
 * 12:00:40 a retry is refused. Every method may throw {@link StorageUnavailableException}.
 */
public interface PairingSessionStore {

  /** Returns the live session of a token and records its use; empty if there is none. */
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

  /** Returns a new challenge for any session token, without checking it. */
  DeviceChallenge blindChallenge(SessionToken token);

  /**
   * Redeems a bootstrap token and opens a session. If the response was lost, the same device key
   * may retry within 30 s with a fresh signature. It receives a new token for the same session, and
   * the first one becomes invalid, even if the bootstrap token has expired by then.
   *
   * @param proof the proof of the device key to bind the session to, or null
   */
  Redemption redeem(BootstrapToken token, DeviceProof proof);

  /**
   * Replaces a session token; the old one becomes invalid immediately. The session gets a later
   * expiry, up to the configured maximum after its pairing.
   *
   * @param proof the proof of the device key; ignored if the session is bound to none
   */
  Redemption rotate(SessionToken token, DeviceProof proof);

  /**
   * Returns the live session of a companion that connects again, and records its use. The token
   * stays valid, and the session may get a later expiry as by {@link #rotate}.
   *
   * @param proof the proof of the device key; ignored if the session is bound to none
   * @return empty if the session is not live or the proof is not valid
   */
  Optional<PairingSession> resume(SessionToken token, DeviceProof proof);

  /**
   * Returns whether a refused token was issued by a server of this database and has merely ended:
   * it has expired, was redeemed or was cancelled. Limits on guessing do not count such a token.
   * False if that is no longer known.
   *
   * @param token a bootstrap token or a session token
   */
  boolean hasEnded(String token);

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
   * Returns those of the given sessions that are live, without recording a use.
   *
   * @param sessionIds any number of ids
   */
  List<LiveSession> liveAmong(Set<String> sessionIds);

  /**
   * Records that sessions are used now. Call this for the sessions of open connections: a companion
   * that stays connected is not idle.
   */
  void recordUse(Collection<PairingSession> used);

  /**
   * Returns which sessions changed after a position, on any server of the database. Takes one short
   * read, no matter how many sessions there are. A session that expires does not change.
   *
   * @param position from the last answer, or {@link SessionChanges#NO_POSITION}
   */
  SessionChanges changesSince(long position);

  /** Ends a session for an operator; returns false if there is none. */
  boolean revoke(String sessionId, Actor by);
}
