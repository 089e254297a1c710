package dev.nexo.pairing.broker;

import java.util.List;
import java.util.Map;

/**
 * A message on the broker.
 *
 * @param subject the subject it was published on
 * @param replyTo the subject on which the publisher expects an answer, or null
 * @param headers the NATS headers; empty if there are none
 * @param body the message; the array is not copied and must not be changed
 */
// Messages are never compared, and copying every body would be wasteful.
@SuppressWarnings("ArrayRecordComponent")
public record BusMessage(
    String subject, String replyTo, Map<String, List<String>> headers, byte[] body) {

  /** Creates a message without headers that expects no answer. */
  public static BusMessage of(String subject, byte[] body) {
    return new BusMessage(subject, null, Map.of(), body);
  }

  /** Returns a copy of this message with another subject. */
  public BusMessage to(String otherSubject) {
    return new BusMessage(otherSubject, replyTo, headers, body);
  }

  /** Returns a copy of this message with other headers. */
  public BusMessage with(Map<String, List<String>> otherHeaders) {
    return new BusMessage(subject, replyTo, otherHeaders, body);
  }

  /** The length of the body, and of the names and values of the headers. */
  public int size() {
    int size = body.length;
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      for (String value : header.getValue()) {
        size += header.getKey().length() + value.length();
      }
    }
    return size;
  }

  /** The subject and the size. The body is left out, because it may contain a code. */
  @Override
  public String toString() {
    return "BusMessage[subject=%s, %d bytes]".formatted(subject, body.length);
  }
}
