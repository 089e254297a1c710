package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SetupCode;
import java.nio.charset.StandardCharsets;

/** The text in the QR code (contract, section 6). Thread-safe. */
public final class SetupCodes {

  /** The longest payload, in characters, with the white space around it. */
  public static final int MAX_LENGTH = 16 * 1024;

  private SetupCodes() {}

  /**
   * A setup code as the text of a QR code.
   *
   * @param code whose parts are all there
   * @throws InvalidValueException where a part of it is no Unicode text, the expiry not in the
   *     years 0 to 9999, or the text would be longer than {@value #MAX_LENGTH} characters
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
   * Reads the text of a QR code, scanned or pasted with white space around it. Members that are not
   * known here are skipped. What the token inside is worth, only the server tells.
   *
   * @throws InvalidValueException where it is no setup code; the message never repeats it
   */
  public static SetupCode decode(String payload) {
    if (payload == null) {
      throw new InvalidValueException("payload", "is missing");
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
      throw new InvalidValueException(
          "payload", "must be a setup code as it was shown: " + e.getMessage());
    }
  }

  private static String tooLong() {
    return "must be at most " + MAX_LENGTH + " characters";
  }
}
