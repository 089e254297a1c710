package dev.nexo.pairing;

import dev.nexo.pairing.spi.DeliveryException;
import java.util.Optional;
import java.util.Set;

/** The channel adapters of this server, each channel having at most one. Thread-safe. */
public interface PairingAdapterRegistry {

  /** The channels that have an adapter. */
  Set<String> channels();

  /**
   * Brings a sender into its channel's canonical form. A channel without an adapter takes the
   * trimmed id as it is.
   *
   * @param channel the channel
   * @param raw the id as it came; null or blank is rejected
   * @return the canonical id, or empty where the adapter rejects it
   * @throws AdapterUnavailableException where the adapter could not be asked
   */
  Optional<String> normalizeSender(String channel, String raw);

  /** The text that tells a stranger their code, formatted for the channel. */
  String challengeText(String channel, PairingCode code);

  /**
   * Sends a picture of a QR code through a channel's adapter.
   *
   * @param channel the channel
   * @param accountId the operator's account to send from
   * @param to the receiver in canonical form
   * @param png the picture
   * @throws UnsupportedOperationException where the channel has no adapter, or takes no pictures
   * @throws DeliveryException where it was not handed over
   */
  void sendQrImage(String channel, String accountId, String to, byte[] png);
}
