package dev.nexo.pairing.guard;

import dev.nexo.pairing.companion.PairingSession;
import java.security.Principal;

/**
 * The companion that calls a resource with {@link SessionRequired}.
 *
 * @param session the session at the time of the call
 */
public record CompanionPrincipal(PairingSession session) implements Principal {

  /** Returns the id of the session, which is not secret. */
  @Override
  public String getName() {
    return session.sessionId();
  }
}
