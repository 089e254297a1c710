package dev.nexo.pairing.guard;

import dev.nexo.pairing.companion.PairingSession;
import java.security.Principal;

/**
 * A companion that is signed in, as the caller of a resource with {@link SessionRequired}.
 *
 * @param session its session as it was when the call came
 */
public record CompanionPrincipal(PairingSession session) implements Principal {

  /** The session's id, which is no secret. */
  @Override
  public String getName() {
    return session.sessionId();
  }
}
