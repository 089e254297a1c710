package dev.nexo.pairing.ws;

import dev.nexo.pairing.SessionToken;

/**
 * How a connection ends: perhaps a last frame, then a close frame (RFC 6455, sections 5.5.1 and
 * 7.4). Nothing in it tells one fault of a token from another.
 *
 * @param frame what to send before, or null
 * @param code the close code
 * @param reason the close reason, plain ASCII of at most 123 characters; bears no token
 */
record Closing(String frame, int code, String reason) {

  private static final int NORMAL = 1000;
  private static final int GOING = 1001;
  private static final int NO_TEXT = 1003;
  private static final int POLICY = 1008;
  private static final int BIG = 1009;
  private static final int INTERNAL = 1011;
  private static final int LATER = 1013;
  private static final String REVOKED_EVENT = FrameJson.write("event", "revoked");

  /** The token, or the proof that came with it, is refused. */
  static final Closing REFUSED =
      error("The bootstrap token is not valid.", POLICY, "the bootstrap token is not valid");

  /** Too many failures from that address: nothing is looked at. */
  static final Closing LOCKED =
      error("Too many failures. Wait a minute and try again.", POLICY, "too many failures");

  /** The database does not answer, or this server has not got the key. */
  static final Closing NO_STORAGE =
      error("The server cannot answer now. Try again.", LATER, "the server cannot answer now");

  /** Something is broken on this side. */
  static final Closing FAULT = error("The server failed.", INTERNAL, "the server failed");

  /** The connection itself is broken; there is nobody to send a frame to. */
  static final Closing BROKEN = new Closing(null, INTERNAL, "the connection failed");

  /** A binary frame. */
  static final Closing BINARY = new Closing(null, NO_TEXT, "only text frames are read");

  /** A message that is too long, in one frame or in several. */
  static final Closing TOO_BIG = new Closing(null, BIG, "more than 64 KiB");

  /** No token in time. */
  static final Closing NO_TOKEN = new Closing(null, POLICY, "no bootstrap token in time");

  /** No signature in time. */
  static final Closing NO_SIGNATURE = new Closing(null, POLICY, "no signature in time");

  /** Too many connections are waiting for a token already. */
  static final Closing CROWDED = new Closing(null, LATER, "too many connections");

  /** The operator has ended the session. */
  static final Closing REVOKED = new Closing(REVOKED_EVENT, NORMAL, "session revoked");

  /** The companion has signed out, perhaps over another connection. */
  static final Closing SIGNED_OUT = new Closing(REVOKED_EVENT, NORMAL, "signed out");

  /** The session's time is over. */
  static final Closing EXPIRED = new Closing(null, NORMAL, "session expired");

  /** The session has newer connections, and no more than so many. */
  static final Closing REPLACED = new Closing(null, NORMAL, "replaced by a newer connection");

  /** The companion answers no pings. */
  static final Closing SILENT = new Closing(null, POLICY, "no answer to a ping");

  /** The peer sends more frames than anybody has a use for. */
  static final Closing NOISY = new Closing(null, POLICY, "too many frames");

  /** The server stops. */
  static final Closing STOPPING = new Closing(null, GOING, "the server is stopping");

  /** A session was opened, and that was all. */
  static Closing paired(SessionToken token) {
    return new Closing(sessionToken(token), NORMAL, "paired");
  }

  /** The frame is none of the contract's. */
  static Closing malformed(String why) {
    return error("The frame is malformed: " + why + ".", POLICY, "malformed frame");
  }

  /** The frame that bears the session token. */
  static String sessionToken(SessionToken token) {
    return FrameJson.write("session_token", token.value());
  }

  private static Closing error(String text, int code, String reason) {
    return new Closing(FrameJson.write("error", text), code, reason);
  }

  /** Leaves the frame out: it may bear a token. */
  @Override
  public String toString() {
    return "Closing[code=" + code + ", reason=" + reason + "]";
  }
}
