package dev.nexo.pairing.companion;

/**
 * A setup code that was issued and recorded.
 *
 * @param setupId the id of the setup code; not secret
 * @param code the setup code
 * @param urlSource the source of its URL: {@code --public-url}, {@code pairing.public_url}, {@code
 *     NEXO_TUNNEL_URL} or {@code tunnel.url}
 * @param payload the text of the QR code
 */
public record IssuedSetupCode(String setupId, SetupCode code, String urlSource, String payload) {

  /** Omits the payload, because anyone who has it can pair. */
  @Override
  public String toString() {
    return "IssuedSetupCode[setupId=" + setupId + ", urlSource=" + urlSource + "]";
  }
}
