package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a bootstrap token says of itself (contract, section 6), whoever signed it.
 *
 * @param deviceLabel null where there is none
 */
record Claims(String profile, Instant expiresAt, String nonce, String deviceLabel) {

  /** The longest nonce, in characters. */
  static final int MAX_NONCE = 128;

  /**
   * Reads claims. Members that are not known here are skipped.
   *
   * @throws MalformedValueException where they are not what the contract says
   */
  static Claims read(byte[] json) throws MalformedValueException {
    FlatJson object = FlatJson.read(json);
    String nonce = object.text("nonce");
    if (nonce.isEmpty() || nonce.length() > MAX_NONCE) {
      throw new MalformedValueException("a nonce that is empty or too long");
    }
    return new Claims(
        object.text("profile"),
        Rfc3339.read(object.text("expires_at")),
        nonce,
        object.textOrNull("device_label"));
  }

  /**
   * Writes claims, in the contract's order.
   *
   * @throws InvalidValueException where they could not be read again
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

  /** Leaves the nonce out: with the key it is the token. */
  @Override
  public String toString() {
    return "Claims[profile=" + profile + ", expiresAt=" + expiresAt + "]";
  }
}
