package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.companion.SessionToken;

/**
 * A session as a companion keeps it.
 *
 * @param token what it proves itself with
 * @param url the WebSocket's URL from the setup code, as it stood there
 * @param sessionId what the server calls the session, or null where it was not asked yet
 * @param expiresAt until when it lasts, RFC 3339 as the server said, or null where it was not asked
 *     yet
 */
record StoredSession(SessionToken token, String url, String sessionId, String expiresAt) {

  /** The same session as the server describes it now. */
  StoredSession described(String id, String until) {
    return new StoredSession(token, url, id, until);
  }

  /** The same session with a new token. */
  StoredSession renewed(SessionToken next) {
    return new StoredSession(next, url, sessionId, expiresAt);
  }
}
