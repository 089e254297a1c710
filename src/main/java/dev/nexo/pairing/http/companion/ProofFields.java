package dev.nexo.pairing.http.companion;

import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Base64;

/** Reads the proof that a companion has the private part of its device key. Thread-safe. */
final class ProofFields {

  private static final String[] NAMES = {"device_key", "challenge", "signature"};

  private static final int CHALLENGE_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private ProofFields() {}

  /**
   * Returns the proof in the fields {@code device_key}, {@code challenge} and {@code signature}, of
   * which all or none must be present. The signature is not verified here.
   *
   * @return null if the fields are missing; unusable if a violation was added
   */
  static DeviceProof of(JsonFields fields) {
    DeviceKey key = key(fields);
    String challenge = bytes(fields, "challenge", CHALLENGE_BYTES);
    String signature = bytes(fields, "signature", SIGNATURE_BYTES);
    long given = Arrays.stream(NAMES).filter(fields::gives).count();
    if (given > 0 && given < NAMES.length) {
      noteMissing(fields);
    }
    return given == NAMES.length
        ? new DeviceProof(key, new DeviceChallenge(challenge), signature)
        : null;
  }

  private static void noteMissing(JsonFields fields) {
    for (String name : NAMES) {
      if (!fields.gives(name)) {
        fields
            .violations()
            .add(name, "is required: send device_key, challenge and signature together");
      }
    }
  }

  /** Reads the key as base64url or as a JWK. */
  private static DeviceKey key(JsonFields fields) {
    if (fields.isObject("device_key")) {
      JsonObject jwk = fields.object("device_key");
      return fields.violations().check(() -> StrictJson.deviceKey(jwk));
    }
    String text = fields.text("device_key");
    return text == null ? null : fields.violations().check(() -> new DeviceKey(text));
  }

  private static String bytes(JsonFields fields, String name, int length) {
    String text = fields.text(name);
    if (text != null && !isCanonical(text, length)) {
      fields.violations().add(name, "must be " + length + " bytes, base64url without padding");
    }
    return text;
  }

  /** Returns whether a string is canonical base64url; Java's decoder alone is more lenient. */
  private static boolean isCanonical(String text, int length) {
    if (text.length() != (length * 8 + 5) / 6) {
      return false;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
