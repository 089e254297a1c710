package dev.nexo.pairing.ws;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.ws.FrameJson.MalformedFrameException;
import java.util.Map;
import java.util.Optional;

/**
 * What a companion says first (contract, section 8).
 *
 * @param token the token it presents; nothing of it has been checked
 * @param keep whether it wants to stay connected
 * @param deviceKey the key its session is to be bound to, as the bare 32 bytes or as a JWK (RFC
 *     8037, section 2)
 */
record FirstFrame(BootstrapToken token, boolean keep, Optional<DeviceKey> deviceKey) {

  /**
   * Reads the frame. Members that are not known are a newer companion's, and ignored.
   *
   * @throws MalformedFrameException where it is no such frame
   */
  static FirstFrame read(String text) {
    Map<String, Object> members = FrameJson.read(text);
    return new FirstFrame(
        new BootstrapToken(string(members, "bootstrap_token")),
        keep(members.get("keep")),
        Optional.ofNullable(members.get("device_key")).map(FirstFrame::deviceKey));
  }

  /**
   * A member that has to be there and has to be a string.
   *
   * @throws MalformedFrameException where it is not
   */
  static String string(Map<String, Object> members, String name) {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new MalformedFrameException(
        name + (members.containsKey(name) ? " must be a string" : " is missing"));
  }

  private static boolean keep(Object value) {
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw new MalformedFrameException("keep must be true or false");
  }

  private static DeviceKey deviceKey(Object value) {
    try {
      if (value instanceof String bare) {
        return new DeviceKey(bare);
      }
      if (value instanceof Map<?, ?> jwk) {
        return DeviceKey.ofJwk(member(jwk, "kty"), member(jwk, "crv"), member(jwk, "x"));
      }
    } catch (InvalidValueException e) {
      throw new MalformedFrameException(e.getMessage());
    }
    throw new MalformedFrameException("device_key must be a string or a JWK");
  }

  private static String member(Map<?, ?> jwk, String name) {
    return jwk.get(name) instanceof String text ? text : null;
  }
}
