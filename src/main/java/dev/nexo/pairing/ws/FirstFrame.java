package dev.nexo.pairing.ws;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.ws.FrameJson.MalformedFrameException;
import java.util.Map;
import java.util.Optional;

/**
 * The first frame of a companion ({@code protocol.md#handshake}).
 *
 * @param token the bootstrap token, not validated yet
 * @param keep whether the companion asks to stay connected after the handshake
 * @param deviceKey the key to bind the session to; sent as the 32 bytes in base64url or as a JWK
 *     (RFC 8037, section 2)
 */
record FirstFrame(BootstrapToken token, boolean keep, Optional<DeviceKey> deviceKey) {

  /**
   * Reads a first frame. Ignores unknown members, which newer companions may send.
   *
   * @throws MalformedFrameException if the text is not a first frame
   */
  static FirstFrame read(String text) {
    Map<String, Object> members = FrameJson.read(text);
    return new FirstFrame(
        new BootstrapToken(string(members, "bootstrap_token")),
        keep(members.get("keep")),
        Optional.ofNullable(members.get("device_key")).map(FirstFrame::deviceKey));
  }

  /**
   * Returns a required string member.
   *
   * @throws MalformedFrameException if the member is missing or is not a string
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
