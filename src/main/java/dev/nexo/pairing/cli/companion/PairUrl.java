package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a setup code leads: the WebSocket of its URL, and the HTTP interface that lies beside it.
 * The server judges which URLs a code may carry (contract, section 7); here only what could be
 * understood in two ways is refused.
 *
 * @param socket the WebSocket, {@code ws} or {@code wss}
 * @param session {@code /api/v1/companion/session} of the same server
 */
record PairUrl(URI socket, URI session) {

  private static final int MAX_PORT = 65_535;
  private static final String ENDPOINT = "/pair";

  /**
   * Reads the URL of a code.
   *
   * @throws CommandException where it has another scheme, no host, user info, a fragment or a port
   *     that is none
   */
  static PairUrl of(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("ws") && !scheme.equals("wss")) {
        throw refused("its scheme is neither ws nor wss");
      }
      if (uri.getHost() == null || uri.getHost().isEmpty()) {
        throw refused("it names no host");
      }
      if (uri.getRawUserInfo() != null) {
        throw refused("it has user info");
      }
      if (uri.getRawFragment() != null) {
        throw refused("it has a fragment");
      }
      if (uri.getPort() > MAX_PORT || uri.getPort() == 0) {
        throw refused("its port is none");
      }
      return new PairUrl(uri, session(scheme, uri));
    } catch (URISyntaxException e) {
      throw refused("it is none");
    }
  }

  private static URI session(String scheme, URI socket) {
    String path = socket.getRawPath() == null ? "" : socket.getRawPath();
    String prefix =
        path.endsWith(ENDPOINT) ? path.substring(0, path.length() - ENDPOINT.length()) : path;
    return URI.create(
        (scheme.equals("wss") ? "https://" : "http://")
            + socket.getRawAuthority()
            + (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix)
            + "/api/v1/companion/session");
  }

  private static CommandException refused(String reason) {
    return new CommandException(
        "The URL in this setup code is not followed: "
            + reason
            + "; let the operator check pairing.public_url and issue another code");
  }
}
