package dev.nexo.pairing.ws;

import dev.nexo.pairing.companion.BootstrapToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to speak WebSocket (RFC 6455, section 4.2.1). Towards the container it has no query,
 * which the container would parse as a URI, and no HTTP session, which it would open for every
 * stranger and remember for half an hour.
 */
final class UpgradeRequest extends HttpServletRequestWrapper {

  /** The one version there is. */
  static final String VERSION = "13";

  private static final String BEARER = "Bearer ";
  private static final int KEY_BYTES = 16;

  UpgradeRequest(HttpServletRequest request) {
    super(request);
  }

  /** Whether it really is one; the container would log each that is not, as a fault of its own. */
  boolean isWebSocket() {
    return "HTTP/1.1".equals(getProtocol())
        && getHeader("Host") != null
        && "websocket".equalsIgnoreCase(getHeader("Upgrade"))
        && has(getHeaders("Connection"), "upgrade")
        && VERSION.equals(getHeader("Sec-WebSocket-Version"))
        && isKey(getHeader("Sec-WebSocket-Key"));
  }

  /**
   * The token, where it comes as {@code Authorization: Bearer} (RFC 6750, section 2.1). Of two such
   * headers none counts: who else reads the request might take the other one.
   */
  Optional<BootstrapToken> bearer() {
    List<String> headers = Collections.list(getHeaders("Authorization"));
    if (headers.size() > 1) {
      return Optional.of(new BootstrapToken(""));
    }
    String header = headers.isEmpty() ? null : headers.get(0);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(new BootstrapToken(header.substring(BEARER.length()).trim()))
        : Optional.empty();
  }

  /**
   * Whether a page in a browser makes it (RFC 6454, section 7). Any page can do that in the name of
   * whoever looks at it.
   */
  boolean isFromPage() {
    return getHeader("Origin") != null;
  }

  /** Whether {@code keep=true} stands in the query; nothing else in it is looked at. */
  boolean keep() {
    String query = super.getQueryString();
    return query != null && Arrays.asList(query.split("&", -1)).contains("keep=true");
  }

  @Override
  public String getQueryString() {
    return null;
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Map.of();
  }

  @Override
  public HttpSession getSession() {
    return null;
  }

  @Override
  public HttpSession getSession(boolean create) {
    return null;
  }

  private static boolean has(Enumeration<String> lines, String word) {
    return Collections.list(lines).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .anyMatch(part -> part.trim().equalsIgnoreCase(word));
  }

  private static boolean isKey(String key) {
    try {
      return key != null && Base64.getDecoder().decode(key.trim()).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * What the upgrade said of a connection.
   *
   * @param address the peer's IP address, behind trusted proxies; {@code page/} in front of it
   *     where a page in a browser came
   * @param bearer the token, where it came as {@code Authorization: Bearer}
   * @param keep whether the peer wants to stay connected
   */
  record Parameters(String address, Optional<BootstrapToken> bearer, boolean keep) {}
}
