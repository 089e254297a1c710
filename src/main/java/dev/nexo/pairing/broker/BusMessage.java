package dev.nexo.pairing.broker;

import java.util.List;
import java.util.Map;

/**
 * A message on the bus.
 *
 * @param subject where it was published
 * @param replyTo where an answer is awaited, or null
 * @param headers NATS's headers, empty for none
 * @param body the bytes, which nobody changes
 */
// Nobody compares messages, and a copy of every body would be for nothing.
@SuppressWarnings("ArrayRecordComponent")
public record BusMessage(
    String subject, String replyTo, Map<String, List<String>> headers, byte[] body) {

  /** A message of this module's own, which awaits no answer. */
  public static BusMessage of(String subject, byte[] body) {
    return new BusMessage(subject, null, Map.of(), body);
  }

  /** The same message for another subject. */
  public BusMessage to(String otherSubject) {
    return new BusMessage(otherSubject, replyTo, headers, body);
  }

  /** Leaves the body out: it may bear a code. */
  @Override
  public String toString() {
    return "BusMessage[subject=%s, %d bytes]".formatted(subject, body.length);
  }
}
