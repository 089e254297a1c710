package dev.nexo.pairing.problem;

import java.util.Locale;

/**
 * The one table from what goes wrong to what the caller is told: status, and a title that never
 * varies (RFC 9457, section 3.1).
 */
public enum ProblemType {
  BAD_REQUEST(400, "The request is malformed"),
  LOGIN_REQUIRED(401, "A login is required"),
  /** A companion's token is not valid; the answer does not say why. */
  TOKEN_REFUSED(401, "This token does not count"),
  FORBIDDEN(403, "This account may not do that"),
  NOT_FOUND(404, "There is nothing here"),
  CODE_UNKNOWN(404, "No pending request has this code or id"),
  SENDER_UNKNOWN(404, "This sender is not in allow-from"),
  SETUP_UNKNOWN(404, "No setup code has this id"),
  SESSION_UNKNOWN(404, "No live session has this id"),
  METHOD_NOT_ALLOWED(405, "This path does not take that method"),
  NOT_ACCEPTABLE(406, "The answer does not come in the form asked for"),
  REQUEST_TIMEOUT(408, "Request timeout"),
  /** The receiver of a setup code is not in allow-from. */
  NOT_ADMITTED(409, "The receiver is not admitted"),
  NO_PICTURES(409, "This channel takes no pictures"),
  /** The URL at which companions reach this server is not known. */
  ONLY_LOOPBACK(409, "Only this machine's loopback address is known"),
  ALREADY_REDEEMED(409, "The setup code has been redeemed"),
  CODE_EXPIRED(410, "The code has run out"),
  /** A body, or a line of a stream, is too long. */
  TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body comes in a form that is not read here"),
  /** Too many failed logins or wrong codes from this address. */
  TOO_MANY_ATTEMPTS(429, "Too many failed attempts from this address"),
  /** Too many requests of this address are being handled. */
  TOO_MANY_REQUESTS(429, "Too many requests from this address"),
  /** The server failed unexpectedly; the log says why. */
  INTERNAL(500, "The server failed"),
  /** The database, an adapter or the signing key cannot be used now. */
  UNAVAILABLE(503, "The server cannot answer now");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status, 400–599. */
  public int status() {
    return status;
  }

  /** One sentence that is the same for every problem of this type. */
  public String title() {
    return title;
  }

  /** The {@code type} member: a URN that identifies the problem and leads nowhere. */
  public String uri() {
    return "urn:nexo-pairing:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The type for a status that the container or JAX-RS came up with.
   *
   * @param status an HTTP status, 400–599
   * @return the first type with that status, else the type of its class
   */
  public static ProblemType ofStatus(int status) {
    for (ProblemType type : values()) {
      if (type.status == status) {
        return type;
      }
    }
    return status >= 500 ? INTERNAL : BAD_REQUEST;
  }
}
