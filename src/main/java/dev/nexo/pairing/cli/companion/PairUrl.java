package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The addresses in a setup code: its WebSocket and the HTTP interface beside it. The server decides
 * which URLs a code may contain; this class refuses only URLs that can be read in two ways.
 *
 * @param socket the WebSocket, {@code ws} or {@code wss}
 * @param session {@code /api/v1/companion/session} of the same server
 */
record PairUrl(URI socket, URI session) {

  private static final int MAX_PORT = 65_535;

  /**
   * Parses the URL of a code.
   *
   * @throws CommandException if it has another scheme, no host, user info, a fragment or an invalid
   *     port
   */
  static PairUrl of(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      String reason = null;
      if (!scheme.equals("ws") && !scheme.equals("wss")) {
        reason = "its scheme is neither ws nor wss";
      } else if (uri.getHost() == null || uri.getHost().isEmpty()) {
        reason = "it has no host";
      } else if (uri.getRawUserInfo() != null) {
        reason = "it has user info";
      } else if (uri.getRawFragment() != null) {
        reason = "it has a fragment";
      } else if (uri.getPort() > MAX_PORT || uri.getPort() == 0) {
        reason = "its port is not valid";
      }
      if (reason != null) {
        throw refused(reason);
      }
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      return new PairUrl(
          uri,
          URI.create(
              (scheme.equals("wss") ? "https://" : "http://")
                  + uri.getRawAuthority()
                  + path.replaceFirst("/pair$", "").replaceFirst("/$", "")
                  + "/api/v1/companion/session"));
    } catch (URISyntaxException e) {
      throw refused("it is not a URL");
    }
  }

  private static CommandException refused(String reason) {
    return new CommandException(
        "The URL in this setup code is not valid: "
            + reason
            + "; ask the operator to check pairing.public_url and to issue a new code");
  }
}
