package dev.nexo.pairing.ws;

import dev.nexo.pairing.companion.SessionToken;

/**
 * How a connection ends: perhaps a last frame, then a close frame (RFC 6455, sections 5.5.1 and
 * 7.4). Nothing in it tells one fault of a token from another.
 *
 * @param frame what to send before, or null
 * @param code the close code
 * @param reason the close reason, plain ASCII of at most 123 characters; bears no token
 */
record CloseFrame(String frame, int code, String reason) {

  private static final int NORMAL = 1000;
  private static final int GOING = 1001;
  private static final int NO_TEXT = 1003;
  private static final int POLICY = 1008;
  private static final int BIG = 1009;
  private static final int INTERNAL = 1011;
  private static final int LATER = 1013;
  private static final String REVOKED_EVENT = FrameJson.write("event", "revoked");

  /** The token, or the proof that came with it, is refused. */
  static final CloseFrame REFUSED =
      error("The bootstrap token is not valid.", POLICY, "the bootstrap token is not valid");

  /** Too many failures from that address: nothing is looked at. */
  static final CloseFrame LOCKED =
      error("Too many failures. Wait a minute and try again.", POLICY, "too many failures");

  /** The database does not answer, or this server has not got the key. */
  static final CloseFrame NO_STORAGE =
      error("The server cannot answer now. Try again.", LATER, "the server cannot answer now");

  /** Something is broken on this side. */
  static final CloseFrame FAULT = error("The server failed.", INTERNAL, "the server failed");

  /** The connection itself is broken; there is nobody to send a frame to. */
  static final CloseFrame BROKEN = new CloseFrame(null, INTERNAL, "the connection failed");

  /** A binary frame. */
  static final CloseFrame BINARY = new CloseFrame(null, NO_TEXT, "only text frames are read");

  /** A message that is too long, in one frame or in several. */
  static final CloseFrame TOO_BIG = new CloseFrame(null, BIG, "more than 64 KiB");

  /** No token in time. */
  static final CloseFrame NO_TOKEN = new CloseFrame(null, POLICY, "no bootstrap token in time");

  /** No signature in time. */
  static final CloseFrame NO_SIGNATURE = new CloseFrame(null, POLICY, "no signature in time");

  /** Too many connections are waiting for a token already. */
  static final CloseFrame CROWDED = new CloseFrame(null, LATER, "too many connections");

  /** The operator has ended the session. */
  static final CloseFrame REVOKED = new CloseFrame(REVOKED_EVENT, NORMAL, "session revoked");

  /** The companion has signed out, perhaps over another connection. */
  static final CloseFrame SIGNED_OUT = new CloseFrame(REVOKED_EVENT, NORMAL, "signed out");

  /** The session's time is over. */
  static final CloseFrame EXPIRED = new CloseFrame(null, NORMAL, "session expired");

  /** The session has newer connections, and no more than so many. */
  static final CloseFrame REPLACED = new CloseFrame(null, NORMAL, "replaced by a newer connection");

  /** The companion answers no pings. */
  static final CloseFrame SILENT = new CloseFrame(null, POLICY, "no answer to a ping");

  /** The peer sends more frames than anybody has a use for. */
  static final CloseFrame NOISY = new CloseFrame(null, POLICY, "too many frames");

  /** The server stops. */
  static final CloseFrame STOPPING = new CloseFrame(null, GOING, "the server is stopping");

  /** A session was opened, and that was all. */
  static CloseFrame paired(SessionToken token) {
    return new CloseFrame(sessionToken(token), NORMAL, "paired");
  }

  /** The frame is none of the contract's. */
  static CloseFrame malformed(String why) {
    return error("The frame is malformed: " + why + ".", POLICY, "malformed frame");
  }

  /** The frame that bears the session token. */
  static String sessionToken(SessionToken token) {
    return FrameJson.write("session_token", token.value());
  }

  private static CloseFrame error(String text, int code, String reason) {
    return new CloseFrame(FrameJson.write("error", text), code, reason);
  }

  /** Leaves the frame out: it may bear a token. */
  @Override
  public String toString() {
    return "Closing[code=" + code + ", reason=" + reason + "]";
  }
}
