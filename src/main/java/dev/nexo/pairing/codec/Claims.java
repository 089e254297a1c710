package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The claims of a bootstrap token, verified or not ({@code protocol.md#tokens}).
 *
 * @param deviceLabel the operator's name for the device, or null
 */
record Claims(String profile, Instant expiresAt, String nonce, String deviceLabel) {

  /** The maximum length of a nonce, in characters. */
  static final int MAX_NONCE = 128;

  /**
   * Reads claims. Unknown members are skipped.
   *
   * @throws MalformedValueException if the bytes are not valid claims
   */
  static Claims read(byte[] json) throws MalformedValueException {
    FlatJson object = FlatJson.read(json);
    String nonce = object.text("nonce");
    if (nonce.isEmpty() || nonce.length() > MAX_NONCE) {
      throw new MalformedValueException("the nonce is empty or too long");
    }
    return new Claims(
        object.text("profile"),
        Rfc3339.read(object.text("expires_at")),
        nonce,
        object.textOrNull("device_label"));
  }

  /**
   * Writes claims in the order of the protocol.
   *
   * @throws InvalidValueException if {@link #read} would refuse the result
   */
  static byte[] write(String profile, Instant expiresAt, String nonce, String deviceLabel) {
    if (nonce == null || nonce.isEmpty() || nonce.length() > MAX_NONCE) {
      throw new InvalidValueException("nonce", "must be 1 to " + MAX_NONCE + " characters");
    }
    String label =
        deviceLabel == null
            ? ""
            : "\",\"device_label\":\"" + JsonText.escaped("device_label", deviceLabel);
    String json =
        "{\"profile\":\""
            + JsonText.escaped("profile", profile)
            + "\",\"expires_at\":\""
            + Rfc3339.write(expiresAt)
            + "\",\"nonce\":\""
            + JsonText.escaped("nonce", nonce)
            + label
            + "\"}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Omits the nonce: together with the key it yields the token. */
  @Override
  public String toString() {
    return "Claims[profile=" + profile + ", expiresAt=" + expiresAt + "]";
  }
}
