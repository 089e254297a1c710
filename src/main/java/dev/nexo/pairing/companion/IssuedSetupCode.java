package dev.nexo.pairing.companion;

/**
 * A setup code that was made and recorded.
 *
 * @param setupId names it without giving it away; fit for logs and URLs
 * @param code what the companion needs
 * @param urlSource where its URL came from: {@code --public-url}, {@code pairing.public_url},
 *     {@code NEXO_TUNNEL_URL} or {@code tunnel.url}
 * @param payload the text for the QR code
 */
public record IssuedSetupCode(String setupId, SetupCode code, String urlSource, String payload) {

  /** Leaves the payload out: whoever has it can pair. */
  @Override
  public String toString() {
    return "StartedSetup[setupId=" + setupId + ", urlSource=" + urlSource + "]";
  }
}
