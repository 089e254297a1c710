package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SetupCode;
import java.nio.charset.StandardCharsets;

/**
 * Encodes and decodes setup codes as the content of a QR code ({@code protocol.md#tokens}).
 * Thread-safe.
 */
public final class SetupCodes {

  /** The maximum length of a payload in characters, with the white space around it. */
  public static final int MAX_LENGTH = 16 * 1024;

  private SetupCodes() {}

  /**
   * Encodes a setup code.
   *
   * @throws InvalidValueException if a string is null or has an unpaired surrogate, the expiry is
   *     not in the years 0 to 9999, or the result is longer than {@value #MAX_LENGTH} characters
   */
  public static String encode(SetupCode code) {
    String json =
        "{\"url\":\""
            + JsonText.escaped("url", code.url())
            + "\",\"bootstrap_token\":\""
            + JsonText.escaped("bootstrap_token", code.bootstrapToken().value())
            + "\",\"expires_at\":\""
            + Rfc3339.write(code.expiresAt())
            + "\"}";
    String payload = Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
    if (payload.length() > MAX_LENGTH) {
      throw new InvalidValueException("payload", tooLong());
    }
    return payload;
  }

  /**
   * Decodes a payload, which may have white space around it. Unknown members are skipped, and the
   * token is not verified.
   *
   * @throws InvalidValueException if the payload is malformed; the message does not contain it
   */
  public static SetupCode decode(String payload) {
    if (payload == null) {
      throw new InvalidValueException("payload", "is required");
    }
    if (payload.length() > MAX_LENGTH) {
      throw new InvalidValueException("payload", tooLong());
    }
    try {
      FlatJson object = FlatJson.read(Base64Url.decode(payload.strip()));
      String url = object.text("url");
      if (url.isBlank()) {
        throw new MalformedValueException("url is blank");
      }
      return new SetupCode(
          url,
          new BootstrapToken(object.text("bootstrap_token")),
          Rfc3339.read(object.text("expires_at")));
    } catch (MalformedValueException e) {
      throw new InvalidValueException("payload", "must be a valid setup code: " + e.getMessage());
    }
  }

  private static String tooLong() {
    return "must be at most " + MAX_LENGTH + " characters";
  }
}
