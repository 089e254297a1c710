package dev.nexo.pairing.guard;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SessionToken;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what {@link SessionRequired} says. Public, with a constructor that takes nothing, because
 * JAX-RS asks for it; what fails in an unforeseen way fails the request. Thread-safe.
 */
@Provider
@SessionRequired
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class SessionFilter implements ContainerRequestFilter {

  private static final Logger LOG = System.getLogger(SessionFilter.class.getName());

  /** RFC 6750, section 2.1, where the scheme is written in any case (RFC 9110, section 11.1). */
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");

  /** No token comes near this; a longer header is not looked through. */
  private static final int MAX_HEADER_LENGTH = 1_024;

  private static final String PROBLEM = "application/problem+json";
  private static final String RETRY_AFTER_SECONDS = "5";

  private static final String LOGIN_REQUIRED =
      "{\"type\":\"urn:nexo-pairing:problem:login-required\",\"title\":\"A login is required\","
          + "\"status\":401,\"detail\":\"Send the header Authorization: Bearer with the token of a"
          + " live session.\"}";
  private static final String UNAVAILABLE =
      "{\"type\":\"urn:nexo-pairing:problem:unavailable\","
          + "\"title\":\"The server cannot answer now\",\"status\":503}";

  @Inject PairingSessionStore sessions;

  /** For JAX-RS. */
  public SessionFilter() {}

  @Override
  public void filter(ContainerRequestContext request) {
    try {
      Optional<PairingSession> session = token(request).flatMap(sessions::find);
      if (session.isPresent()) {
        admit(request, session.get());
      } else {
        request.abortWith(loginRequired());
      }
    } catch (StorageUnavailableException e) {
      // The database has written the cause to the log once.
      LOG.log(Level.DEBUG, "The session of a request cannot be read", e);
      request.abortWith(unavailable());
    }
  }

  /** Two of the header are none: who else reads the request might take the other one. */
  private static Optional<SessionToken> token(ContainerRequestContext request) {
    List<String> values = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (values == null || values.size() != 1 || values.get(0).length() > MAX_HEADER_LENGTH) {
      return Optional.empty();
    }
    Matcher bearer = BEARER.matcher(values.get(0));
    return bearer.matches() ? Optional.of(new SessionToken(bearer.group(1))) : Optional.empty();
  }

  private static void admit(ContainerRequestContext request, PairingSession session) {
    SecurityContext before = request.getSecurityContext();
    boolean secure = before != null && before.isSecure();
    request.setSecurityContext(
        new CompanionSecurityContext(new CompanionPrincipal(session), secure));
  }

  private static Response loginRequired() {
    return Response.status(Response.Status.UNAUTHORIZED)
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .type(PROBLEM)
        .entity(LOGIN_REQUIRED)
        .build();
  }

  private static Response unavailable() {
    return Response.status(Response.Status.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .type(PROBLEM)
        .entity(UNAVAILABLE)
        .build();
  }
}
