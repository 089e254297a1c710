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
 * A message on its way through the filter.
 *
 * @param address what follows {@code plugin.inbound.} in its subject
 * @param account the same, read
 * @param from who wrote, as the channel has it
 * @param text what they wrote, or null
 * @param human whether somebody wrote it: it has a text or a medium. Receipts, reactions and typing
 *     have neither
 */
record FilteredMessage(
    String address, ChannelAccount account, String from, String text, boolean human) {

  static final String PREFIX = "plugin.inbound.";

  /** A plugin may pass on deeply nested messages of its channel. */
  private static final int MAX_DEPTH = 512;

  /** A message on the bus does not have the form that the protocol gives. */
  static final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /** Where this message goes when it is admitted. */
  String forwardedTo(String prefix) {
    return prefix + '.' + address;
  }

  /** Leaves out what was written. */
  @Override
  public String toString() {
    return "FilteredMessage[account=" + account + "]";
  }

  /**
   * Reads a message.
   *
   * @throws MalformedException where the subject, or the envelope, is not as the contract says
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
