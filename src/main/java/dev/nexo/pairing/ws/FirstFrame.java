package dev.nexo.pairing.ws;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.ws.FrameJson.MalformedFrameException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * The first frame of a companion ({@code protocol.md#handshake}).
 *
 * @param credential the bootstrap token, or the session token to connect again
 * @param keep whether the companion asks to stay connected after the handshake
 * @param deviceKey the key to bind the session to; sent as the 32 bytes in base64url or as a JWK
 *     (RFC 8037, section 2)
 */
record FirstFrame(Credential credential, boolean keep, Optional<DeviceKey> deviceKey) {

  /**
   * Reads a first frame. Ignores unknown members, which newer companions may send.
   *
   * @throws MalformedFrameException if the text is not a first frame
   */
  static FirstFrame read(String text) {
    JsonObject frame = FrameJson.read(text);
    return new FirstFrame(
        credential(frame),
        keep(frame.getOrDefault("keep", JsonValue.NULL)),
        deviceKey(frame.getOrDefault("device_key", JsonValue.NULL)));
  }

  private static Credential credential(JsonObject frame) {
    if (!FrameJson.has(frame, "session_token")) {
      return new Credential.Bootstrap(
          new BootstrapToken(FrameJson.string(frame, "bootstrap_token")));
    }
    if (FrameJson.has(frame, "bootstrap_token")) {
      throw new MalformedFrameException("send bootstrap_token or session_token, not both");
    }
    return new Credential.Resumption(new SessionToken(FrameJson.string(frame, "session_token")));
  }

  private static boolean keep(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE -> true;
      case FALSE, NULL -> false;
      default -> throw new MalformedFrameException("keep must be true or false");
    };
  }

  private static Optional<DeviceKey> deviceKey(JsonValue value) {
    try {
      return switch (value.getValueType()) {
        case STRING -> Optional.of(new DeviceKey(((JsonString) value).getString()));
        case OBJECT -> Optional.of(StrictJson.deviceKey(value.asJsonObject()));
        case NULL -> Optional.empty();
        default -> throw new MalformedFrameException("device_key must be a string or a JWK");
      };
    } catch (InvalidValueException e) {
      throw new MalformedFrameException(e.getMessage());
    }
  }
}
