package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.internal.DecidedRequests;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** The call {@code GET /denied}: the senders whose denial is active. Thread-safe. */
@Component
@Produces(MediaType.APPLICATION_JSON)
public class DeniedResource {

  private final DecidedRequests decided;

  @Inject
  public DeniedResource(DecidedRequests decided) {
    this.decided = decided;
  }

  /** Returns a page of the denied senders. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    return OperatorJson.list(uri, "denied", decided::denied, OperatorJson::denied);
  }
}
