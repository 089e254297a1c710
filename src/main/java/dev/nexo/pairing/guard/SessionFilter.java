package dev.nexo.pairing.guard;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.internal.AuthorizationHeader;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Admits only requests with the token of an active session, for {@link SessionRequired}. An
 * unexpected exception fails the request. Public, with a constructor without parameters, because
 * JAX-RS requires it. Thread-safe.
 */
@Provider
@SessionRequired
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class SessionFilter implements ContainerRequestFilter {

  private static final Logger LOG = System.getLogger(SessionFilter.class.getName());

  /** RFC 6750, section 2.1; no token is nearly as long. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,1000}=*+");

  private static final Problem LOGIN_REQUIRED =
      Problem.of(
              ProblemType.LOGIN_REQUIRED,
              "Send `Authorization: Bearer <token>` with the token of an active session.")
          .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");

  private static final Problem UNAVAILABLE =
      Problem.of(ProblemType.UNAVAILABLE, null).withHeader(HttpHeaders.RETRY_AFTER, "5");

  @Inject PairingSessionStore sessions;

  /** Creates the filter, for JAX-RS. */
  public SessionFilter() {}

  @Override
  public void filter(ContainerRequestContext request) {
    try {
      Optional<PairingSession> session = token(request).flatMap(sessions::find);
      if (session.isPresent()) {
        admit(request, session.get());
      } else {
        request.abortWith(GuardResponses.of(LOGIN_REQUIRED));
      }
    } catch (StorageUnavailableException e) {
      // The database logs the cause once.
      LOG.log(Level.DEBUG, "The session of a request cannot be read", e);
      request.abortWith(GuardResponses.of(UNAVAILABLE));
    }
  }

  /** Refuses two headers, because other readers of the request might use the other one. */
  private static Optional<SessionToken> token(ContainerRequestContext request) {
    List<String> headers = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    return AuthorizationHeader.bearer(headers == null ? List.of() : headers)
        .filter(token -> TOKEN.matcher(token).matches())
        .map(SessionToken::new);
  }

  /**
   * The security context of a request from a companion.
   *
   * @param companion the caller
   * @param secure whether the request came over TLS
   */
  private record CompanionSecurityContext(CompanionPrincipal companion, boolean secure)
      implements SecurityContext {

    @Override
    public Principal getUserPrincipal() {
      return companion;
    }

    /** A companion has one role: its profile. */
    @Override
    public boolean isUserInRole(String role) {
      return companion.session().profile().equals(role);
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }

  private static void admit(ContainerRequestContext request, PairingSession session) {
    SecurityContext before = request.getSecurityContext();
    boolean secure = before != null && before.isSecure();
    request.setSecurityContext(
        new CompanionSecurityContext(new CompanionPrincipal(session), secure));
  }
}
