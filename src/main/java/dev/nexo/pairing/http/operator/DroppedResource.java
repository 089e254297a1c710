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

/** The call {@code GET /dropped}: lists senders that this server dropped. Thread-safe. */
@Path("/dropped")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class DroppedResource {

  private final DroppedSenders dropped;

  @Inject
  public DroppedResource(DroppedSenders dropped) {
    this.dropped = dropped;
  }

  /** Returns a page, the most recently dropped first. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    return OperatorJson.list(uri, "dropped", dropped::page, OperatorJson::dropped);
  }
}
