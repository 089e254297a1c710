package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.companion.SetupCode;
import java.time.Instant;

/**
 * A setup code that a companion reads. It is not verified, because a companion has no key.
 *
 * @param code the content of the QR code
 * @param tokenExpiresAt when the token in it expires
 * @param deviceLabel the operator's name of the device, or null
 */
record ScannedSetupCode(SetupCode code, Instant tokenExpiresAt, String deviceLabel) {

  /**
   * Decodes the content of a QR code; ignores what {@link CodeInput#folded} folds away.
   *
   * @throws CommandException if it is no setup code; the message does not contain it
   */
  static ScannedSetupCode of(String text) {
    try {
      SetupCode code = SetupCodes.decode(CodeInput.folded(text));
      return new ScannedSetupCode(
          code,
          BootstrapTokens.expiresAt(code.bootstrapToken()),
          BootstrapTokens.deviceLabel(code.bootstrapToken()).orElse(null));
    } catch (InvalidValueException e) {
      throw new CommandException(
          "This is no setup code ("
              + e.getMessage()
              + "); let the operator issue one with nexo-pair start",
          e);
    }
  }

  /** Returns whether the code has expired; it is expired from its expiry on. */
  boolean payloadExpired(Instant now) {
    return !now.isBefore(code.expiresAt());
  }

  /** Returns whether the token has expired, which the server checks. */
  boolean tokenExpired(Instant now) {
    return !now.isBefore(tokenExpiresAt);
  }

  /** Returns whether the code or its token has expired. */
  boolean expired(Instant now) {
    return payloadExpired(now) || tokenExpired(now);
  }

  /** Returns the token's first 8 and last 4 characters; a short token is hidden completely. */
  String maskedToken() {
    String token = code.bootstrapToken().value();
    int length = token.length();
    return length < 32 ? "…" : token.substring(0, 8) + "…" + token.substring(length - 4);
  }
}
