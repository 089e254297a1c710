package dev.nexo.pairing.companion;

/** Why a session ended. */
public enum SessionEnd {
  /** The operator revoked it. */
  REVOKED,
  /** The companion signed out. */
  SIGNED_OUT,
  /** The session expired or was idle for too long. */
  EXPIRED
}
