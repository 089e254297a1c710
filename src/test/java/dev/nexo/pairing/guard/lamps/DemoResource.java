package dev.nexo.pairing.guard.lamps;

import dev.nexo.pairing.guard.Admitted;
import dev.nexo.pairing.guard.CompanionPrincipal;
import dev.nexo.pairing.guard.Sender;
import dev.nexo.pairing.guard.SessionRequired;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** One method without a guard, one for companions, and one for admitted senders. */
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

  /** Admitted senders may call it. */
  @POST
  @Admitted
  public String tell(@Sender(channel = "chat") @QueryParam("from") String from) {
    return "Hello, " + from;
  }
}
