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
 *   <li>{@code /ibm/api} is closed. Over HTTPS it judges passwords of the server's registry without
 *       any limit on attempts, and answers with a cookie.
 *   <li>{@code /metrics} answers one address {@value RequestRateLimiter#PER_SECOND} times a second
 *       at most. If it asks for a login, wrong passwords count against the address as anywhere
 *       else.
 * </ul>
 *
 * <p>A filter of this application never sees those requests. Jakarta Authentication does: a
 * provider that is registered for an application's context is asked about each of its requests.
 * That is why this is off on a server that is not ours: it would close an API that others may use.
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
