package dev.nexo.pairing.internal;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.StorageUnavailableException;
import java.time.Duration;
import java.util.List;

/**
 * The logins that are locked on this server because of failed attempts ({@link AttemptLimiter}).
 * Each server has its own, in memory. Thread-safe.
 */
public interface LoginLocks {

  /**
   * A locked login.
   *
   * @param address the IP address, or the network of an IPv6 address, from which it is refused
   * @param kind the kind of secret
   * @param login the name of an account; null for names without an account, which may be secrets
   * @param left how long it stays locked
   */
  record Lock(String address, LoginKey.Kind kind, String login, Duration left) {}

  /** Returns the locked logins, sorted by address; at most {@value #MAX_LISTED}. */
  List<Lock> locks();

  /** The maximum number of locks in {@link #locks}. */
  int MAX_LISTED = 1_000;

  /**
   * Forgets the failures of an address, or of a login at all addresses, and records this in the
   * audit trail if a login was locked.
   *
   * @param addressOrLogin an IP address, all of whose logins are unlocked, or the name of an
   *     account
   * @return the number of locks that ended
   * @throws StorageUnavailableException if the audit entry cannot be written; the locks stay then
   */
  int unlock(String addressOrLogin, Actor by);
}
