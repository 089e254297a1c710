package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.LoginLocks;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** The calls at {@code /locks}, for logins locked on this server. Thread-safe. */
@Path("/locks")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class LocksResource {

  private static final int MAX_TARGET = 256;

  private final LoginLocks locks;

  @Inject
  public LocksResource(LoginLocks locks) {
    this.locks = locks;
  }

  /** Handles {@code GET /locks}. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    new QueryFields(uri).end();
    JsonArrayBuilder rows = StrictJson.array();
    for (LoginLocks.Lock lock : locks.locks()) {
      JsonObjectBuilder json =
          StrictJson.object().add("address", lock.address()).add("kind", lock.kind().wireName());
      OperatorJson.add(json, "login", lock.login());
      rows.add(json.add("seconds", lock.left().plusMillis(999).toSeconds()));
    }
    return StrictJson.object().add("locks", rows).build();
  }

  /** Handles {@code POST /locks/unlock}. */
  @POST
  @Path("/unlock")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject unlock(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    String target = fields.text("target", MAX_TARGET);
    if (target == null || target.isBlank()) {
      fields.violations().add("target", "must be an IP address or the name of an account");
    }
    fields.end();
    int ended = locks.unlock(target.strip(), Caller.of(request).actor());
    return StrictJson.object().add("unlocked", ended).build();
  }
}
