package dev.nexo.pairing.spi;

/**
 * A message from the in-process broker, which is used if no NATS server is configured. Fired as a
 * synchronous CDI event; an observer passes it to the channel.
 *
 * @param subject the subject, for example {@code plugin.outbound.whatsapp.default}
 * @param json the envelope ({@code protocol.md#replies})
 */
public record BrokerMessage(String subject, String json) {

  /** Omits the envelope, because it may contain a code. */
  @Override
  public String toString() {
    return "BrokerMessage[subject=" + subject + "]";
  }
}
