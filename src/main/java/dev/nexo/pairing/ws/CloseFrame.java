package dev.nexo.pairing.ws;

/**
 * How the server ends a connection: an optional last text frame, then a close frame (RFC 6455,
 * sections 5.5.1 and 7.4). The same frame answers every invalid token, so that a peer cannot learn
 * what is wrong with it. See {@code protocol.md#handshake}.
 *
 * @param frame the text frame to send first, or null
 * @param code the close code
 * @param reason the close reason, ASCII of at most 123 characters; contains no token
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

  /** The bootstrap token, or the proof that came with it, is not valid. */
  static final CloseFrame INVALID_TOKEN =
      error(
          "The bootstrap token is invalid or expired.",
          POLICY,
          "invalid or expired bootstrap token");

  /** The session token, or the proof that came with it, is not valid. */
  static final CloseFrame INVALID_SESSION =
      error("The session token is invalid or expired.", POLICY, "invalid or expired session token");

  /** The address has too many failures; nothing that it sends is read. */
  static final CloseFrame TOO_MANY_FAILURES =
      error("Too many failed attempts. Try again in a minute.", POLICY, "too many failed attempts");

  /** The database does not answer, or this server does not have the signing key. */
  static final CloseFrame UNAVAILABLE =
      error(
          "Service temporarily unavailable. Try again.", LATER, "service temporarily unavailable");

  /** The server failed unexpectedly. */
  static final CloseFrame SERVER_ERROR =
      error("Internal server error.", INTERNAL, "internal server error");

  /** The connection failed, so that no frame can reach the peer. */
  static final CloseFrame CONNECTION_FAILED =
      new CloseFrame(null, INTERNAL, "the connection failed");

  /** The peer sent a binary frame. */
  static final CloseFrame BINARY_FRAME =
      new CloseFrame(null, NO_TEXT, "binary frames are not supported");

  /** The message is too long, in one frame or in several fragments. */
  static final CloseFrame TOO_BIG = new CloseFrame(null, BIG, "message larger than 64 KiB");

  /** The peer did not send a token in time. */
  static final CloseFrame TOKEN_TIMEOUT =
      new CloseFrame(null, POLICY, "no bootstrap token within the time limit");

  /** The peer did not send a signature in time. */
  static final CloseFrame SIGNATURE_TIMEOUT =
      new CloseFrame(null, POLICY, "no signature within the time limit");

  /** Too many connections are in the handshake. */
  static final CloseFrame TOO_MANY_CONNECTIONS =
      new CloseFrame(null, LATER, "too many connections");

  /** The operator revoked the session. */
  static final CloseFrame REVOKED = new CloseFrame(REVOKED_EVENT, NORMAL, "session revoked");

  /** The companion signed out, perhaps over another connection. */
  static final CloseFrame SIGNED_OUT = new CloseFrame(REVOKED_EVENT, NORMAL, "signed out");

  /** This server cannot confirm that the session is live; the companion can try again. */
  static final CloseFrame UNCONFIRMED =
      new CloseFrame(FrameJson.write("event", "unconfirmed"), LATER, "session not confirmed");

  /** The session got another token than the one with which the connection was opened. */
  static final CloseFrame TOKEN_REPLACED = new CloseFrame(null, NORMAL, "token replaced");

  /** The session expired. */
  static final CloseFrame EXPIRED = new CloseFrame(null, NORMAL, "session expired");

  /** The session has more connections than allowed, and this one is the oldest. */
  static final CloseFrame REPLACED = new CloseFrame(null, NORMAL, "replaced by a newer connection");

  /** The peer did not answer a ping. */
  static final CloseFrame PING_TIMEOUT = new CloseFrame(null, POLICY, "no response to a ping");

  /** The peer sent more frames than the handshake needs. */
  static final CloseFrame TOO_MANY_FRAMES = new CloseFrame(null, POLICY, "too many frames");

  /** The server is stopping. */
  static final CloseFrame SERVER_STOPPING = new CloseFrame(null, GOING, "the server is stopping");

  /** Returns the end of a connection that is not kept, after the answer to a valid token. */
  static CloseFrame done(String frame, String reason) {
    return new CloseFrame(frame, NORMAL, reason);
  }

  /** Returns the end of a connection that sent a frame the protocol does not define. */
  static CloseFrame malformed(String why) {
    return error("The frame is malformed: " + why + ".", POLICY, "malformed frame");
  }

  private static CloseFrame error(String text, int code, String reason) {
    return new CloseFrame(FrameJson.write("error", text), code, reason);
  }

  /** Omits the frame, because it may contain a token. */
  @Override
  public String toString() {
    return "CloseFrame[code=" + code + ", reason=" + reason + "]";
  }
}
