package dev.nexo.pairing.ws;

import dev.nexo.pairing.internal.AuthorizationHeader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for an upgrade to WebSocket (RFC 6455, section 4.2.1). It hides the query from the
 * container, which would parse it as a URI, and the HTTP session, which the container would create
 * for every peer and keep in memory for half an hour.
 */
final class UpgradeRequest extends HttpServletRequestWrapper {

  /** The only supported WebSocket version. */
  static final String VERSION = "13";

  private static final int KEY_BYTES = 16;

  UpgradeRequest(HttpServletRequest request) {
    super(request);
  }

  /**
   * Returns what the request lacks for an upgrade; empty if it is valid. The container would log
   * each invalid one as an error.
   */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    require(missing, "HTTP/1.1".equals(getProtocol()), "HTTP/1.1");
    require(missing, getHeader("Host") != null, "Host");
    require(missing, "websocket".equalsIgnoreCase(getHeader("Upgrade")), "Upgrade: websocket");
    require(missing, has(getHeaders("Connection"), "upgrade"), "Connection: Upgrade");
    require(
        missing,
        VERSION.equals(getHeader("Sec-WebSocket-Version")),
        "Sec-WebSocket-Version: " + VERSION);
    require(missing, isKey(getHeader("Sec-WebSocket-Key")), "Sec-WebSocket-Key");
    return missing;
  }

  private static void require(List<String> missing, boolean present, String name) {
    if (!present) {
      missing.add(name);
    }
  }

  /** Returns the token from {@code Authorization: Bearer}, or empty if there is none. */
  Optional<Credential> bearer() {
    return AuthorizationHeader.bearer(Collections.list(getHeaders("Authorization")))
        .map(Credential::ofBearer);
  }

  /**
   * Returns whether a web page in a browser sent the request (RFC 6454, section 7). Any page can do
   * so without the user's knowledge.
   */
  boolean isFromPage() {
    return getHeader("Origin") != null;
  }

  /** Returns whether the query contains {@code keep=true}. Ignores everything else in it. */
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
   * What the upgrade request says about a connection.
   *
   * @param address the peer's IP address behind trusted proxies, prefixed with {@code page/} if a
   *     web page sent the request
   * @param bearer the token, if it came as {@code Authorization: Bearer}
   * @param keep whether the peer asks to stay connected after the handshake
   */
  record Parameters(String address, Optional<Credential> bearer, boolean keep) {}
}
