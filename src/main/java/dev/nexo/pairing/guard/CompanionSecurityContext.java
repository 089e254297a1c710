package dev.nexo.pairing.guard;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * Who calls, as JAX-RS tells it to resources.
 *
 * @param companion the caller
 * @param secure whether the call came over TLS
 */
record CompanionSecurityContext(CompanionPrincipal companion, boolean secure)
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
