package dev.nexo.pairing.codec;

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
   * @throws MalformedException where they are not what the contract says
   */
  static Claims read(byte[] json) throws MalformedException {
    FlatJson object = FlatJson.read(json);
    String nonce = object.text("nonce");
    if (nonce.isEmpty() || nonce.length() > MAX_NONCE) {
      throw new MalformedException("a nonce that is empty or too long");
    }
    return new Claims(
        object.text("profile"),
        Rfc3339.read(object.text("expires_at")),
        nonce,
        object.textOrNull("device_label"));
  }

  /** Leaves the nonce out: with the key it is the token. */
  @Override
  public String toString() {
    return "Claims[profile=" + profile + ", expiresAt=" + expiresAt + "]";
  }
}
