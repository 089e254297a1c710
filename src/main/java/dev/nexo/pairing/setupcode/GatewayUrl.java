package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.CopiedText;
import dev.nexo.pairing.address.IpLiteral;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Validates and normalizes gateway URLs ({@code protocol.md#gateway-url}) with Java's parser (RFC
 * 2396 and RFC 2732). Resolves no host names.
 */
final class GatewayUrl {

  /**
   * The maximum length of a URL in characters, before and after normalization. With the longest
   * label and profile it still fits a QR code of 2,000 bytes.
   */
  static final int MAX_LENGTH = 600;

  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;
  private static final String PATH = "/pair";
  private static final Map<String, String> SCHEMES =
      Map.of("wss", "wss", "ws", "ws", "https", "wss", "http", "ws");
  private static final Pattern ADDRESS_LIKE = Pattern.compile("[0-9.]+|\\[.*");

  private GatewayUrl() {}

  /**
   * A URL is refused. The message continues after the name of the source, contains the remedy, and
   * does not contain the URL, which may contain a password.
   */
  static final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String expectation) {
      super(expectation);
    }
  }

  /**
   * Returns a URL in the form that setup codes contain.
   *
   * @param text the configured or requested URL
   * @param cleartext the hosts to which {@code ws:} may be used
   * @throws RefusedException if the URL is malformed, or would send the token in cleartext over
   *     other networks
   */
  static String of(String text, CleartextHosts cleartext) throws RefusedException {
    URI uri = parse(CopiedText.unquoted(text));
    String scheme = SCHEMES.get(lower(uri.getScheme()));
    if (scheme == null) {
      throw new RefusedException("must begin with wss://, ws://, https:// or http://");
    }
    String host = host(uri);
    if (scheme.equals("ws") && !cleartext.allow(host)) {
      throw new RefusedException(
          "must not use cleartext to "
              + host
              + ", because others could read the token: use wss://, or add the host to"
              + " pairing.ws_cleartext_allow");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query =
        uri.getRawQuery() == null || uri.getRawQuery().isEmpty() ? "" : "?" + uri.getRawQuery();
    String url = URI.create(scheme + "://" + host + port + path(uri) + query).toASCIIString();
    if (url.length() > MAX_LENGTH) {
      throw new RefusedException(
          "must be at most "
              + MAX_LENGTH
              + " characters to fit a QR code, including /pair at the end and escaped non-ASCII"
              + " characters");
    }
    return url;
  }

  private static URI parse(String text) throws RefusedException {
    if (text.length() > MAX_LENGTH) {
      throw new RefusedException("must be at most " + MAX_LENGTH + " characters");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new RefusedException("must be a URL such as wss://nexo.example.com/pair");
    }
    if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
      throw new RefusedException("must not contain a user name or password");
    }
    if (uri.getRawFragment() != null) {
      throw new RefusedException("must not contain a fragment (# and the rest)");
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new RefusedException("must have a port from 1 to " + MAX_PORT + ", or none");
    }
    return uri;
  }

  /** Returns the host in lower case, without a dot at its end. */
  private static String host(URI uri) throws RefusedException {
    String host = lower(uri.getHost());
    // Java finds no host in a name with an underscore, a percent sign or letters beyond ASCII.
    boolean readable = !host.isEmpty() && host.indexOf('%') < 0;
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    // Clients may read such a host as an address, or as another address: some read 010.0.0.1 as
    // 8.0.0.1.
    boolean odd = ADDRESS_LIKE.matcher(host).matches() && IpLiteral.parseHost(host).isEmpty();
    if (!readable || odd || host.length() > MAX_HOST) {
      throw new RefusedException(
          "must have a host name of letters, digits and - (xn-- for other characters), an IPv4"
              + " address such as 192.168.1.4, or an IPv6 address such as [fe80::1]");
    }
    return host;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    String kept = path.substring(0, end);
    return kept.endsWith(PATH) ? kept : kept + PATH;
  }

  private static String lower(String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
