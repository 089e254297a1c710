package dev.nexo.pairing.problem;

import java.util.Locale;

/**
 * The types of errors that callers receive: status, title and remedy. The title is the same for
 * every problem of a type (RFC 9457, section 3.1).
 */
public enum ProblemType {
  BAD_REQUEST(400, "Bad request", "Fix the values that violations and detail name."),
  LOGIN_REQUIRED(401, "Authentication required", "Send valid credentials, or sign in again."),
  /** A companion's token is not valid; the response does not contain the reason. */
  TOKEN_REFUSED(
      401,
      "Invalid or expired token",
      "Send a valid token as Authorization: Bearer, or pair again with a new setup code."),
  FORBIDDEN(403, "Not authorized", "Use an account that is authorized for this call."),
  NOT_FOUND(404, "Not found", "Check the path against the OpenAPI document at /openapi."),
  CODE_UNKNOWN(
      404,
      "Pending request not found",
      "Check the code or ID against GET /api/v1/pending; it may have been approved or denied."),
  SENDER_UNKNOWN(
      404,
      "Sender not found in allow-from",
      "Check channel, account_id and sender_id against GET /api/v1/allow-from."),
  SETUP_UNKNOWN(
      404,
      "Setup code not found",
      "Check the ID; the server deletes setup codes some time after they expire."),
  SESSION_UNKNOWN(404, "Session not found", "Check the ID against GET /api/v1/sessions."),
  METHOD_NOT_ALLOWED(405, "Method not allowed", "Use one of the methods in the Allow header."),
  NOT_ACCEPTABLE(
      406, "Not acceptable", "Send Accept: application/json, or leave out the Accept header."),
  REQUEST_TIMEOUT(
      408, "Request timeout", "Send the whole body within 5 s; check the network if it is slow."),
  /** The recipient of a setup code is not in allow-from. */
  NOT_ADMITTED(
      409,
      "The recipient is not admitted",
      "Approve or seed the recipient, then request the setup code again."),
  NO_PICTURES(
      409,
      "The channel does not support images",
      "Leave out send_to and request the QR code with ?qr=, or use another channel."),
  /** The URL at which companions reach this server is not known. */
  ONLY_LOOPBACK(
      409,
      "Only a loopback address is known",
      "Set pairing.public_url, or send public_url in the request."),
  ALREADY_REDEEMED(
      409,
      "The setup code has already been redeemed",
      "Revoke the session that it opened, if the companion must not stay connected."),
  CODE_EXPIRED(410, "The code has expired", "Ask the sender to message again to get a new code."),
  /** A body, or a line of a stream, is too long. */
  TOO_LARGE(413, "Content too large", "Split the request into several smaller ones."),
  UNSUPPORTED_MEDIA_TYPE(
      415, "Unsupported media type", "Send uncompressed JSON with Content-Type: application/json."),
  /** Too many failed logins or wrong codes from this address. */
  TOO_MANY_ATTEMPTS(
      429,
      "Too many failed attempts",
      "Wait for the seconds in Retry-After, then try again with the right credentials or code."),
  /** Too many requests of this address are being handled. */
  TOO_MANY_REQUESTS(
      429, "Too many requests", "Wait for the seconds in Retry-After, and send fewer at a time."),
  /** An unexpected error; the cause is in the server log. */
  INTERNAL(
      500,
      "Internal server error",
      "Search the server log for the incident ID in the X-Incident-Id header."),
  /** The database, a channel adapter or the signing key is temporarily unavailable. */
  UNAVAILABLE(
      503,
      "Service temporarily unavailable",
      "Try again later; if the error persists, run nexo-pair doctor and check the server log.");

  private final int status;
  private final String title;
  private final String remedy;

  ProblemType(int status, String title, String remedy) {
    this.status = status;
    this.title = title;
    this.remedy = remedy;
  }

  /** The HTTP status, 400–599. */
  public int status() {
    return status;
  }

  /** The summary, the same for every problem of this type. */
  public String title() {
    return title;
  }

  /** What the caller or the operator does about it, one sentence for the documentation. */
  public String remedy() {
    return remedy;
  }

  /** The {@code type} member: a URN that identifies this type and cannot be dereferenced. */
  public String uri() {
    return "urn:nexo-pairing:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the type for a status that the container or JAX-RS chose.
   *
   * @param status an HTTP status, 400–599
   * @return the first type with that status; otherwise {@link #INTERNAL} from 500 and {@link
   *     #BAD_REQUEST} below
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
