package dev.nexo.pairing.ws;

import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.internal.AttemptLimiter;
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
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The door at {@code /pair} (contract, section 8). A servlet and no endpoint of the container's
 * own, because only a request knows the peer's address; endpoints are made one by one, each with
 * what its request said. Thread-safe.
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
      // Another spelling that the container folded; whoever guards /pair may not have.
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    if (!request.getMethod().equals("GET")) {
      response.setHeader("Allow", "GET");
      say(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Only GET, to speak WebSocket.");
      return;
    }
    UpgradeRequest upgrade = new UpgradeRequest(request);
    String peer = proxies.address(request.getRemoteAddr(), request::getHeaders);
    // Counted apart: a page that fails on purpose locks out pages, and not the one who looks at it.
    String address = upgrade.isFromPage() ? "page/" + peer : peer;
    Duration locked = limiter.lockedFor(address);
    if (!locked.isZero()) {
      response.setHeader("Retry-After", Long.toString(locked.plusMillis(999).toSeconds()));
      say(response, TOO_MANY_REQUESTS, "Too many failures from this address.");
      return;
    }
    if (!upgrade.isWebSocket()) {
      response.setHeader("Upgrade", "websocket");
      response.setHeader("Sec-WebSocket-Version", UpgradeRequest.VERSION);
      say(response, UPGRADE_REQUIRED, "This is a WebSocket.");
      return;
    }
    if (limits.hasTooManyClosed(address)) {
      response.setHeader("Retry-After", Integer.toString(ConnectionLimits.CLOSED_SECONDS));
      say(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Too many connections.");
      return;
    }
    upgrade(
        upgrade,
        response,
        new UpgradeRequest.Parameters(address, upgrade.bearer(), upgrade.keep()));
  }

  private void upgrade(
      UpgradeRequest request, HttpServletResponse response, UpgradeRequest.Parameters arrival)
      throws ServletException, IOException {
    Handshake handshake = new Handshake(sessions, limiter, arrival.address(), arrival.keep());
    PairConnection connection =
        new PairConnection(arrival, handshake, limits, openConnections, executor);
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(PairEndpoint.class, request.getServletPath())
            .configurator(new OneEndpoint(new PairEndpoint(connection)))
            .build();
    ServerContainer container =
        (ServerContainer) getServletContext().getAttribute(ServerContainer.class.getName());
    try {
      container.upgradeHttpToWebSocket(request, response, config, Map.of());
    } catch (DeploymentException e) {
      throw new ServletException("The server could not speak WebSocket", e);
    }
  }

  private static void say(HttpServletResponse response, int status, String line)
      throws IOException {
    byte[] body = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    response.setStatus(status);
    response.setContentType("text/plain;charset=US-ASCII");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Gives the container the endpoint that is there already. */
  private static final class OneEndpoint extends ServerEndpointConfig.Configurator {

    private final PairEndpoint endpoint;

    OneEndpoint(PairEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(endpoint);
    }

    /** Any: no cookie or other login of a browser counts here, the token alone does. */
    @Override
    public boolean checkOrigin(String origin) {
      return true;
    }
  }
}
