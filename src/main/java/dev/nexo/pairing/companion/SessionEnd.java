package dev.nexo.pairing.companion;

/** Why a session is over. */
public enum SessionEnd {
  /** The operator ended it. */
  REVOKED,
  /** The companion signed out. */
  SIGNED_OUT,
  /** Its time, or the time it may be idle, was over. */
  EXPIRED
}
