package dev.nexo.pairing.ws;

import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.internal.LoginKey;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The entry point {@code /pair}, over which a companion exchanges its bootstrap token for a session
 * token ({@code protocol.md#handshake}). Thread-safe.
 *
 * <ol>
 *   <li><b>In</b> comes a GET request for an upgrade to WebSocket. It may contain the token ({@code
 *       Authorization: Bearer}) and {@code keep=true}; otherwise the first frame contains the
 *       token.
 *   <li>The servlet finds out the peer's address behind trusted proxies, checks the failures and
 *       the closed connections of that address, and creates a {@link PairConnection} for this
 *       request.
 *   <li><b>Out</b> goes the upgrade (101). The connection then sends a challenge if the companion
 *       has a device key, the session token, and a close frame when it ends.
 *   <li><b>What can go wrong</b>: another path (404) or method (405), too many failures (429), no
 *       WebSocket request (426), too many closed connections (503). After the upgrade every error
 *       is a close code, see {@link CloseFrame}.
 * </ol>
 *
 * <p>It is a servlet and not an annotated endpoint, because only a request contains the peer's
 * address.
 */
public final class PairServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final int UPGRADE_REQUIRED = 426;
  private static final int TOO_MANY_REQUESTS = 429;

  private final transient TrustedProxies proxies;
  private final transient AttemptLimiter limiter;
  private final transient PairingSessionStore sessions;
  private final transient ConnectionLimits limits;
  private final transient OpenConnections openConnections;
  private final transient ScheduledExecutorService executor;

  /**
   * Creates the servlet. It has six collaborators, because it also creates each connection: only
   * the first two serve the request itself.
   */
  @Inject
  public PairServlet(
      TrustedProxies proxies,
      AttemptLimiter limiter,
      PairingSessionStore sessions,
      ConnectionLimits limits,
      OpenConnections openConnections,
      ScheduledExecutorService executor) {
    this.proxies = proxies;
    this.limiter = limiter;
    this.sessions = sessions;
    this.limits = limits;
    this.openConnections = openConnections;
    this.executor = executor;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (!request.getRequestURI().equals(request.getContextPath() + request.getServletPath())) {
      // The container normalized another spelling of the path; a proxy that protects /pair may not.
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    if (!request.getMethod().equals("GET")) {
      response.setHeader("Allow", "GET");
      respond(
          response,
          HttpServletResponse.SC_METHOD_NOT_ALLOWED,
          "Method not allowed. Send GET with a WebSocket upgrade.");
      return;
    }
    UpgradeRequest upgrade = new UpgradeRequest(request);
    String peer = proxies.address(request.getRemoteAddr(), request::getHeaders);
    // Counted separately: a web page that fails on purpose must not lock out the browser's user.
    String address = upgrade.isFromPage() ? "page/" + peer : peer;
    // Without a bearer the token comes in the first frame, and only then can its failures count.
    Duration locked =
        upgrade
            .bearer()
            .map(token -> limiter.lockedFor(LoginKey.token(address, token.value())))
            .orElse(Duration.ZERO);
    if (!locked.isZero()) {
      response.setHeader("Retry-After", Long.toString(locked.plusMillis(999).toSeconds()));
      respond(response, TOO_MANY_REQUESTS, "Too many failed attempts from this address.");
      return;
    }
    List<String> missing = upgrade.missing();
    if (!missing.isEmpty()) {
      response.setHeader("Upgrade", "websocket");
      response.setHeader("Sec-WebSocket-Version", UpgradeRequest.VERSION);
      respond(response, UPGRADE_REQUIRED, upgradeRequired(missing));
      return;
    }
    if (limits.hasTooManyClosed(address)) {
      response.setHeader("Retry-After", Integer.toString(ConnectionLimits.CLOSED_SECONDS));
      respond(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Too many connections.");
      return;
    }
    upgrade(
        upgrade,
        response,
        new UpgradeRequest.Parameters(address, upgrade.bearer(), upgrade.keep()));
  }

  /** Returns what is missing, and the remedy if a proxy has removed it. */
  private static String upgradeRequired(List<String> missing) {
    return "This path requires a WebSocket upgrade. Missing: "
        + String.join(", ", missing)
        + ".\nIf a proxy is in front of this server, it must pass these on. For nginx:\n"
        + "  proxy_http_version 1.1;\n"
        + "  proxy_set_header Upgrade $http_upgrade;\n"
        + "  proxy_set_header Connection \"upgrade\";";
  }

  private void upgrade(
      UpgradeRequest request, HttpServletResponse response, UpgradeRequest.Parameters parameters)
      throws ServletException, IOException {
    Handshake handshake = new Handshake(sessions, limiter, parameters.address(), parameters.keep());
    PairConnection connection =
        new PairConnection(parameters, handshake, limits, openConnections, executor);
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(PairEndpoint.class, request.getServletPath())
            .configurator(new OneEndpoint(new PairEndpoint(connection)))
            .build();
    ServerContainer container =
        (ServerContainer) getServletContext().getAttribute(ServerContainer.class.getName());
    try {
      container.upgradeHttpToWebSocket(request, response, config, Map.of());
    } catch (DeploymentException e) {
      throw new ServletException("The upgrade to WebSocket failed", e);
    }
  }

  private static void respond(HttpServletResponse response, int status, String line)
      throws IOException {
    byte[] body = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    response.setStatus(status);
    response.setContentType("text/plain;charset=US-ASCII");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Gives the container an endpoint that already exists. */
  private static final class OneEndpoint extends ServerEndpointConfig.Configurator {

    private final PairEndpoint endpoint;

    OneEndpoint(PairEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(endpoint);
    }

    /**
     * Allows every origin: cookies and other browser logins are ignored, only the token is valid.
     */
    @Override
    public boolean checkOrigin(String origin) {
      return true;
    }
  }
}
