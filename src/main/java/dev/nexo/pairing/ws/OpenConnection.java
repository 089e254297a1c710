package dev.nexo.pairing.ws;

import java.time.Instant;

/** A connection that stays open after the handshake. Thread-safe; nothing here blocks but stop. */
interface OpenConnection {

  /** Whose it is. */
  String sessionId();

  /** When the session is over by itself. */
  Instant expiresAt();

  /** Ends it soon. */
  void end(CloseFrame closing);

  /** Sends a ping, or ends it where the last one has not been answered. */
  void ping();

  /** Ends it before this returns: soon there will be no threads left to do it. */
  void stop();
}
