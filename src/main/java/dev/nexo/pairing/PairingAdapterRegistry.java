package dev.nexo.pairing;

import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.spi.SenderVerdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The channel adapters of this server, at most one per channel. Thread-safe. */
public interface PairingAdapterRegistry {

  /** Returns the channels that have an adapter. */
  Set<String> channels();

  /**
   * Returns a sender id in its channel's canonical form. For a channel without an adapter, that is
   * the trimmed id.
   *
   * @param channel the channel
   * @param raw the id as received; null and white space are rejected
   * @return the canonical id, or empty if the adapter rejects it
   * @throws AdapterUnavailableException if the adapter does not answer
   */
  Optional<String> normalizeSender(String channel, String raw);

  /**
   * Returns whose id this is, with its canonical form. For a channel without an adapter, a negative
   * number is a group, and every other valid id is one person's. A negative number, as received or
   * in canonical form, is also a group if the channel's adapter calls it a person.
   *
   * @param channel the channel
   * @param raw the id as received; null and white space are rejected
   * @return the verdict
   * @throws AdapterUnavailableException if the adapter does not answer
   */
  default SenderVerdict assess(String channel, String raw) {
    Optional<String> canonical = normalizeSender(channel, raw);
    return canonical.isPresent()
        ? SenderVerdict.person(canonical.get())
        : SenderVerdict.impossible(SenderVerdict.REJECTED_REASON);
  }

  /**
   * Returns what an operator should check about an id that the channel's adapter accepts; one
   * sentence each.
   *
   * @param raw the id as written
   */
  default List<String> warnings(String channel, String raw) {
    return List.of();
  }

  /** Returns other canonical ids that may be the same person's, as hints for operators. */
  default List<String> nearTwins(String channel, String canonical) {
    return List.of();
  }

  /** Returns the message that gives an unknown sender their code, formatted for the channel. */
  String challengeText(String channel, PairingCode code);

  /**
   * Sends an image of a QR code through a channel's adapter.
   *
   * @param channel the channel
   * @param accountId the operator's account that sends
   * @param to the receiver in canonical form
   * @param png the image
   * @throws UnsupportedOperationException if the channel has no adapter or does not support images
   * @throws DeliveryException if the adapter could not send it
   */
  void sendQrImage(String channel, String accountId, String to, byte[] png);
}
