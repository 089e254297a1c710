package dev.nexo.pairing.intake;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.json.StoredMeta;
import dev.nexo.pairing.json.StrictJson;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A message on the bus that passes through the filter.
 *
 * @param address the part of the subject after {@code plugin.inbound.}
 * @param account the account that the subject names, or the default account
 * @param from the sender in any form that the channel uses; null if nobody sent it
 * @param senderIsId false if the sender is a number with a fraction or an exponent, which a
 *     spreadsheet or a script made of an id, or is JSON without an id
 * @param text the message text or the caption, or null
 * @param metaJson the claimed name and the language of the sender, a JSON object
 * @param signs what the plugin reports
 * @param payload the payload as published
 */
record FilteredMessage(
    String address,
    ChannelAccount account,
    String from,
    boolean senderIsId,
    String text,
    String metaJson,
    MessageSigns signs,
    JsonObject payload) {

  private static final String NO_META = "{}";

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

  /** Returns what the plugin reports. */
  MessageKind kind() {
    return signs.kind();
  }

  /** Returns the subject on which this message is republished if its sender is admitted. */
  String forwardedTo(String prefix) {
    return prefix + '.' + address;
  }

  /** Returns the account as the subject names it; null if it names none. */
  String accountId() {
    return address.indexOf('.') < 0 ? null : account.accountId();
  }

  /** Omits the text. */
  @Override
  public String toString() {
    return "FilteredMessage[account=" + account + ", kind=" + kind() + "]";
  }

  /**
   * Parses a message.
   *
   * @throws MalformedException if the subject or the envelope does not have the format of the
   *     protocol
   */
  static FilteredMessage read(BusMessage message) {
    String address = message.subject().substring(PREFIX.length());
    ChannelAccount account = account(address);
    Optional<JsonValue> body =
        StrictJson.find(message.body(), MAX_DEPTH).map(envelope -> envelope.get("payload"));
    if (!(body.orElse(null) instanceof JsonObject payload)) {
      throw new MalformedException("The envelope has no payload");
    }
    JsonValue from = sender(payload.get("from"));
    if (from == null) {
      MessageKind kind =
          MessageClassifier.ofAnonymous(payload)
              .orElseThrow(() -> new MalformedException("The payload has no sender"));
      MessageSigns signs = MessageSigns.of(kind);
      return new FilteredMessage(address, account, null, true, null, NO_META, signs, payload);
    }
    boolean isId =
        from instanceof JsonNumber number ? number.isIntegral() : from instanceof JsonString;
    String id = from instanceof JsonString text ? text.getString() : from.toString();
    MessageSigns signs = MessageClassifier.ofPayload(payload);
    return new FilteredMessage(
        address, account, id, isId, text(payload), StoredMeta.of(payload), signs, payload);
  }

  /**
   * The sender: a string, a number, or the id in an object, which whatsapp-web.js writes as an
   * object too. Of other JSON the whole value, so that the sender is listed; null if there is none.
   */
  private static JsonValue sender(JsonValue from) {
    JsonValue id = from;
    for (String name : List.of("id", "_serialized")) {
      id =
          id instanceof JsonObject object && MessageFields.isGiven(object, name)
              ? object.get(name)
              : id;
    }
    if (id instanceof JsonString text) {
      return text.getString().isBlank() ? null : id;
    }
    return id instanceof JsonNumber || (id != null && MessageFields.isGiven(id)) ? id : null;
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

  private static String text(JsonObject payload) {
    for (String name : MessageFields.TEXTS) {
      if (payload.get(name) instanceof JsonString text && !text.getString().isBlank()) {
        return text.getString();
      }
    }
    return null;
  }
}
