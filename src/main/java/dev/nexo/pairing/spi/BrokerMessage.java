package dev.nexo.pairing.spi;

/**
 * A message published by the in-process broker, which takes NATS's place where none is configured:
 * observe it as a synchronous CDI event to carry it to the channel.
 *
 * @param subject like {@code plugin.outbound.whatsapp.default}
 * @param json the envelope ({@code protocol.md#replies})
 */
public record BrokerMessage(String subject, String json) {

  /** Leaves the envelope out: it may bear a code. */
  @Override
  public String toString() {
    return "BrokerMessage[subject=" + subject + "]";
  }
}
