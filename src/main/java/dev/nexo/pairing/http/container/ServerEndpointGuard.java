package dev.nexo.pairing.http.container;

import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.http.request.CallerLimiter;
import dev.nexo.pairing.http.request.RequestRateLimiter;
import jakarta.inject.Inject;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;

/**
 * Guards the server's own web applications, if {@code pairing.security.guard_server_endpoints} is
 * true, as in the shipped {@code server.xml}:
 *
 * <ul>
 *   <li>{@code /ibm/api} is closed. Over HTTPS it checks passwords of the server's registry without
 *       a limit on failed attempts, and returns a cookie.
 *   <li>{@code /metrics} is limited to {@value RequestRateLimiter#PER_SECOND} requests per second
 *       and address. If it requires a login, wrong passwords are failed attempts of the address.
 * </ul>
 *
 * <p>Filters of this module do not receive the requests of other applications. A provider of
 * Jakarta Authentication does, if it is registered for their context. The setting is off by default
 * on other servers, because it would close an API that others may use.
 */
public final class ServerEndpointGuard implements ServletContextListener {

  private static final String LAYER = "HttpServlet";
  private static final String HOST = "default_host ";

  private final SecuritySettings settings;
  private final CallerLimiter limit;
  private final RequestRateLimiter rate;
  private final List<String> registrations = new ArrayList<>();

  @Inject
  public ServerEndpointGuard(
      SecuritySettings settings, CallerLimiter limit, RequestRateLimiter rate) {
    this.settings = settings;
    this.limit = limit;
    this.rate = rate;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    if (settings.guardServerEndpoints()) {
      register("/ibm/api", handler -> ServerEndpointGuard::close);
      register("/metrics", handler -> new MetricsEndpoint(handler, limit, rate));
    }
  }

  /** Answers 404, whatever credentials the request has. */
  private static AuthStatus close(
      HttpServletRequest request, HttpServletResponse response, boolean mandatory, Subject caller) {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    return AuthStatus.SEND_CONTINUE;
  }

  private void register(String contextRoot, Function<CallbackHandler, RequestGuard> guard) {
    AuthConfigProvider provider = new GuardProvider(guard);
    registrations.add(
        AuthConfigFactory.getFactory()
            .registerConfigProvider(provider, LAYER, HOST + contextRoot, "nexo-pairing"));
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    registrations.forEach(AuthConfigFactory.getFactory()::removeRegistration);
  }
}
