package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.OperatorNotices;
import dev.nexo.pairing.internal.OperatorNotices.Way;
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
import java.util.Optional;

/** The calls at {@code /notices}: the ways by which operators are told. Thread-safe. */
@Path("/notices")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class NoticesResource {

  private final OperatorNotices notices;

  @Inject
  public NoticesResource(OperatorNotices notices) {
    this.notices = notices;
  }

  /** Handles {@code GET /notices}. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    new QueryFields(uri).end();
    JsonArrayBuilder ways = StrictJson.array();
    notices.ways().forEach(way -> ways.add(json(way)));
    JsonObjectBuilder json = StrictJson.object().add("ways", ways);
    OperatorJson.add(json, "quiet_hours", notices.quietHours().orElse(null));
    return json.build();
  }

  private static JsonObject json(Way way) {
    JsonObjectBuilder json =
        StrictJson.object().add("way", way.name()).add("state", way.state().wireName());
    OperatorJson.add(json, "last_success_at", way.succeededAt().orElse(null));
    OperatorJson.add(json, "last_failure_at", way.failedAt().orElse(null));
    OperatorJson.add(json, "last_failure", way.failure().orElse(null));
    return json.build();
  }

  /** Handles {@code POST /notices/test}; responds within 30 s. */
  @POST
  @Path("/test")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject test(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    String way = fields.requiredText("way");
    if (way != null && !notices.names().contains(way)) {
      fields.violations().add("way", "must be one of " + String.join(", ", notices.names()));
    }
    fields.end();
    Optional<String> failure = notices.test(way);
    JsonObjectBuilder json =
        StrictJson.object().add("way", way).add("delivered", failure.isEmpty());
    OperatorJson.add(json, "detail", failure.orElse(null));
    return json.build();
  }
}
