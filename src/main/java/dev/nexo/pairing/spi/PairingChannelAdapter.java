package dev.nexo.pairing.spi;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.PairingCode;
import java.util.List;
import java.util.Optional;

/**
 * The adapter of one channel: normalizes sender ids and sends replies ({@code
 * protocol.md#channel-adapters}). Every CDI bean of this type is registered; in an EAR the beans in
 * {@code lib}. If two adapters have the same channel, the server does not start. Implementations
 * are thread-safe.
 */
public interface PairingChannelAdapter {

  /** Returns the channel, 1–32 characters of {@code [a-z0-9_-]}. */
  String channelId();

  /**
   * Returns a sender id in the channel's canonical form, in which ids are stored and compared. It
   * is called for every message, so it must be fast.
   *
   * @param raw the id as received, trimmed, not empty
   * @return the canonical id, or empty to reject it; messages of rejected senders are dropped
   * @throws AdapterUnavailableException if the adapter cannot decide now; the message is dropped
   */
  Optional<String> normalizeSender(String raw);

  /**
   * Returns whose id this is, with its canonical form. It is called for every message, so it must
   * be fast. The default is based on {@link #normalizeSender}: every id that it accepts is one
   * person's, and every other id is impossible. An adapter that overrides this method returns the
   * same canonical ids from both.
   *
   * @param raw the id as received, trimmed, not empty
   * @return the verdict, never null
   * @throws AdapterUnavailableException if the adapter cannot decide now; the message is dropped
   */
  default SenderVerdict assess(String raw) {
    Optional<String> canonical = normalizeSender(raw);
    return canonical.isPresent()
        ? SenderVerdict.person(canonical.get())
        : SenderVerdict.impossible(SenderVerdict.REJECTED_REASON);
  }

  /**
   * Returns what an operator should check about an id that {@link #normalizeSender} accepts, for
   * example a phone number that no plan contains. Warnings reject nothing.
   *
   * @param raw the id as written, trimmed, not empty
   * @return one sentence each; none by default
   */
  default List<String> warnings(String raw) {
    return List.of();
  }

  /**
   * Returns other ids that may be the same person's, for example a phone number with and without a
   * digit that its country added later. They are hints for operators and admit nobody.
   *
   * @param canonical the id in canonical form
   * @return canonical ids; none by default
   */
  default List<String> nearTwins(String canonical) {
    return List.of();
  }

  /**
   * Returns the message that gives an unknown sender their code, in English. It is used if no other
   * text is configured and the sender's language is English or not known. The default has three
   * lines, formatted by {@link #formatPlainText} and {@link #formatCommand}.
   */
  default String formatChallengeText(PairingCode code) {
    return formatPlainText("🔐 Pairing required.\nAsk the operator to run:\n  ")
        + formatCommand("nexo pair approve " + code.value());
  }

  /**
   * Formats a text of this module, or a part of one, for the channel: escapes the characters that
   * are markup there. The default returns the text unchanged.
   *
   * @param plain plain text
   */
  default String formatPlainText(String plain) {
    return plain;
  }

  /**
   * Formats a command or a code in a text of this module, so that it can be copied. The default
   * formats it as plain text.
   *
   * @param plain plain text
   */
  default String formatCommand(String plain) {
    return formatPlainText(plain);
  }

  /**
   * Sends a reply. When this returns, the reply is not sent again.
   *
   * @param reply the reply; its id stays the same if it is sent again
   * @throws DeliveryException if it was not sent; it is sent again later
   */
  void sendReply(Reply reply);

  /**
   * Sends an image of a QR code.
   *
   * @param accountId the operator's account that sends
   * @param to the receiver in canonical form
   * @param png the image
   * @throws UnsupportedOperationException if the channel does not support images; this is the
   *     default
   * @throws DeliveryException if it was not sent
   */
  default void sendQrImage(String accountId, String to, byte[] png) {
    throw new UnsupportedOperationException("The channel " + channelId() + " takes no pictures");
  }
}
