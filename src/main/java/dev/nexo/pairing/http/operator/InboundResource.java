package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.auth.CallerRole;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.json.InboundJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The call {@code POST /inbound}, which decides on a message: the hot path. Thread-safe. */
@Path("/inbound")
@Component
public class InboundResource {

  private final PairingIntake intake;

  @Inject
  public InboundResource(PairingIntake intake) {
    this.intake = intake;
  }

  /** Decides on one message. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject receive(@Context HttpServletRequest request) {
    boolean operator = Caller.of(request).role() != CallerRole.CHANNEL;
    return InboundJson.write(intake.receive(InboundJson.read(JsonBody.read(request), operator)));
  }
}
