package dev.nexo.pairing.intake;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * A message on the bus that passes through the filter.
 *
 * @param address the part of the subject after {@code plugin.inbound.}
 * @param account the account that the subject names
 * @param from the sender in any form that the channel uses
 * @param text the message text, or null
 * @param human whether a human wrote it: it has a text or a medium. Receipts, reactions and typing
 *     notifications have neither
 */
record FilteredMessage(
    String address, ChannelAccount account, String from, String text, boolean human) {

  static final String PREFIX = "plugin.inbound.";

  /** Plugins may publish deeply nested messages of their channel. */
  private static final int MAX_DEPTH = 512;

  /** A message on the bus does not have the format of the protocol. */
  static final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /** Returns the subject on which this message is republished if its sender is admitted. */
  String forwardedTo(String prefix) {
    return prefix + '.' + address;
  }

  /** Omits the text. */
  @Override
  public String toString() {
    return "FilteredMessage[account=" + account + "]";
  }

  /**
   * Parses a message.
   *
   * @throws MalformedException if the subject or the envelope does not have the format of the
   *     protocol
   */
  static FilteredMessage read(BusMessage message) {
    String address = message.subject().substring(PREFIX.length());
    Optional<JsonValue> body =
        StrictJson.find(message.body(), MAX_DEPTH).map(envelope -> envelope.get("payload"));
    if (body.orElse(null) instanceof JsonObject payload
        && payload.get("from") instanceof JsonString from) {
      String text = string(payload, "text");
      boolean human = isGiven(text) || isGiven(string(payload, "media_kind"));
      return new FilteredMessage(address, account(address), from.getString(), text, human);
    }
    throw new MalformedException("The envelope has no payload with a sender");
  }

  private static ChannelAccount account(String address) {
    int dot = address.indexOf('.');
    try {
      return dot < 0
          ? ChannelAccount.of(address, null)
          : ChannelAccount.of(address.substring(0, dot), address.substring(dot + 1));
    } catch (InvalidValueException e) {
      throw new MalformedException(e.getMessage());
    }
  }

  private static String string(JsonObject payload, String name) {
    return payload.get(name) instanceof JsonString text ? text.getString() : null;
  }

  private static boolean isGiven(String text) {
    return text != null && !text.isBlank();
  }
}
