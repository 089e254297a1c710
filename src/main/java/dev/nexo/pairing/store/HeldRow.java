package dev.nexo.pairing.store;

import dev.nexo.pairing.MessageContext.Hold.Route;
import dev.nexo.pairing.store.MessageSealer.Sealed;
import java.time.Instant;

/**
 * A row of {@code pairing_held}, still encrypted.
 *
 * @param requestId the request
 * @param seq the number of the message, from 1; {@value #TOO_LARGE} for the first one that was too
 *     large to be held, of which only the beginning of the text is kept
 * @param receivedAt when the message was received
 * @param route how it is delivered
 * @param sealed the encrypted content
 */
public record HeldRow(String requestId, int seq, Instant receivedAt, Route route, Sealed sealed) {

  static final int TOO_LARGE = 0;

  /** Returns the id of the message, which is the same at every delivery. */
  public String id() {
    return id(requestId, seq);
  }

  static String id(String requestId, int seq) {
    return requestId + "/" + seq;
  }

  boolean isTooLarge() {
    return seq == TOO_LARGE;
  }

  /** Returns what the content is bound to when it is encrypted. */
  String place() {
    return place(requestId, seq, route);
  }

  static String place(String requestId, int seq, Route route) {
    return id(requestId, seq) + "/" + route;
  }
}
