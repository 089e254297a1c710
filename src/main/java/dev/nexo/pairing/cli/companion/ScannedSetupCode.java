package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.companion.SetupCode;
import java.time.Instant;

/**
 * A setup code as a companion sees it, who has no key: nothing in it is verified.
 *
 * @param code what stands in the QR code
 * @param tokenExpiresAt until when the token inside says it can be redeemed
 * @param deviceLabel what the operator calls the device, or null
 */
record ScannedSetupCode(SetupCode code, Instant tokenExpiresAt, String deviceLabel) {

  /**
   * Reads the text of a QR code, white space around it or not.
   *
   * @throws CommandException where it is no setup code; the line does not repeat it
   */
  static ScannedSetupCode of(String text) {
    try {
      SetupCode code = SetupCodes.decode(text.strip());
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

  /** Whether the code says it is over; from the instant it names on (contract, section 6). */
  boolean payloadExpired(Instant now) {
    return !now.isBefore(code.expiresAt());
  }

  /** Whether the token says it is over, which is what the server goes by. */
  boolean tokenExpired(Instant now) {
    return !now.isBefore(tokenExpiresAt);
  }

  /** Whether either is over: there is nothing to exchange then. */
  boolean expired(Instant now) {
    return payloadExpired(now) || tokenExpired(now);
  }

  /** The token's first 8 and last 4 characters; nothing of it where that would be most of it. */
  String maskedToken() {
    String token = code.bootstrapToken().value();
    int length = token.length();
    return length < 32 ? "…" : token.substring(0, 8) + "…" + token.substring(length - 4);
  }
}
