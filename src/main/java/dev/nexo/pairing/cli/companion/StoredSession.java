package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.companion.SessionToken;

/**
 * A session that a companion stores.
 *
 * @param token the session token
 * @param url the WebSocket's URL from the setup code, unchanged
 * @param sessionId the server's id of the session, or null before the first request
 * @param expiresAt when it expires, RFC 3339 from the server, or null before the first request
 */
record StoredSession(SessionToken token, String url, String sessionId, String expiresAt) {

  /** Returns this session with the server's description. */
  StoredSession described(String id, String until) {
    return new StoredSession(token, url, id, until);
  }

  /** Returns this session with a new token. */
  StoredSession renewed(SessionToken next) {
    return new StoredSession(next, url, sessionId, expiresAt);
  }
}
