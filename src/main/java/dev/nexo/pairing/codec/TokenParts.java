package dev.nexo.pairing.codec;

import dev.nexo.pairing.BootstrapToken;

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
   * @throws MalformedException where it is too long, has not just one dot, or a part that is not
   *     base64url in its one spelling
   */
  static TokenParts of(BootstrapToken token) throws MalformedException {
    String text = token.value();
    if (text.length() > BootstrapToken.MAX_LENGTH) {
      throw new MalformedException("too long");
    }
    // A second dot is none of base64url's characters.
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new MalformedException("without a signature");
    }
    return new TokenParts(
        Base64Url.decode(text.substring(0, dot)), Base64Url.decode(text.substring(dot + 1)));
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
