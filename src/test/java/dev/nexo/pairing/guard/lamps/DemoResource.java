package dev.nexo.pairing.guard.lamps;

import dev.nexo.pairing.guard.CompanionPrincipal;
import dev.nexo.pairing.guard.SessionRequired;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** One method without a guard, and one for companions. */
@Path("/lamps")
@ApplicationScoped
public class DemoResource {

  /** Anybody may call it. */
  @GET
  @Path("open")
  public String open() {
    return "open";
  }

  /** Companions may call it. */
  @GET
  @SessionRequired
  public String mine(@Context SecurityContext caller) {
    CompanionPrincipal companion = (CompanionPrincipal) caller.getUserPrincipal();
    return companion.session().deviceLabel() + ' ' + caller.isUserInRole("companion-v1");
  }
}
