package dev.nexo.pairing.codec;

import dev.nexo.pairing.companion.BootstrapToken;

/**
 * A bootstrap token taken apart (contract, section 6).
 *
 * @param claims as they were signed
 * @param signature that was found behind them
 */
@SuppressWarnings("ArrayRecordComponent")
record TokenParts(byte[] claims, byte[] signature) {

  /**
   * Takes a token apart.
   *
   * @throws MalformedValueException where it is too long, has not just one dot, or a part that is
   *     not base64url in its one spelling
   */
  static TokenParts of(BootstrapToken token) throws MalformedValueException {
    String text = token.value();
    if (text.length() > BootstrapToken.MAX_LENGTH) {
      throw new MalformedValueException("too long");
    }
    // A second dot is none of base64url's characters.
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new MalformedValueException("without a signature");
    }
    return new TokenParts(
        Base64Url.decode(text.substring(0, dot)), Base64Url.decode(text.substring(dot + 1)));
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
