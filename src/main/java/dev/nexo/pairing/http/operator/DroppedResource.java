package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** {@code GET /dropped}: who was turned away lately, by this server. */
@Path("/dropped")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class DroppedResource {

  private final DroppedSenders dropped;

  @Inject
  public DroppedResource(DroppedSenders dropped) {
    this.dropped = dropped;
  }

  /** A page, the last one dropped first. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    return OperatorJson.list(uri, "dropped", dropped::page, OperatorJson::dropped);
  }
}
