package dev.nexo.pairing.spi;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.PairingCode;
import java.util.Optional;

/**
 * Knows one channel: how its senders are written, and how to answer them. Any CDI bean of this type
 * is found, in an EAR those in its {@code lib}; two for one channel stop the start. Implementations
 * are thread-safe.
 */
public interface PairingChannelAdapter {

  /** The channel, 1–32 of {@code [a-z0-9_-]}. */
  String channelId();

  /**
   * Brings a sender into the channel's canonical form, in which it is stored and compared. Has to
   * be quick: it is asked for every message.
   *
   * @param raw the id as it came, trimmed, not empty
   * @return the canonical id, or empty to reject it; rejected senders are dropped
   * @throws AdapterUnavailableException where that cannot be known now; the message is dropped
   */
  Optional<String> normalizeSender(String raw);

  /** The text that tells a stranger their code. The default is plain text in three lines. */
  default String formatChallengeText(PairingCode code) {
    return "🔐 Pairing required.\nAsk the operator to run:\n  nexo pair approve " + code.value();
  }

  /**
   * Any other text of this module's, formatted for the channel: what its markup would take for
   * itself is escaped. The default leaves the text as it is.
   *
   * @param plain plain text
   */
  default String formatPlainText(String plain) {
    return plain;
  }

  /**
   * Sends a text. Returning means that it was handed over for good.
   *
   * @param reply what to whom; its id stays the same should it have to be sent again
   * @throws DeliveryException where it was not handed over; it is tried again later
   */
  void sendReply(Reply reply);

  /**
   * Sends a picture of a QR code.
   *
   * @param accountId the operator's account to send from
   * @param to the receiver in canonical form
   * @param png the picture
   * @throws UnsupportedOperationException where the channel cannot; this is the default
   * @throws DeliveryException where it was not handed over
   */
  default void sendQrImage(String accountId, String to, byte[] png) {
    throw new UnsupportedOperationException("The channel " + channelId() + " takes no pictures");
  }
}
