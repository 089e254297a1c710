package dev.nexo.pairing.companion;

import java.util.List;

/** No URL is configured at which companions reach this server ({@code protocol.md#gateway-url}). */
public final class PublicUrlUnknownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> remedies;

  /** Creates the exception with {@link #remedies}. */
  public PublicUrlUnknownException(List<String> remedies) {
    super("Companions cannot reach a loopback address; the server needs a public URL");
    this.remedies = List.copyOf(remedies);
  }

  /**
   * Returns what an operator can do, one line each: the settings for a URL, then for every known
   * account the command that admits a sender without a companion.
   */
  public List<String> remedies() {
    return remedies;
  }
}
