package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.RecentActivity;
import dev.nexo.pairing.internal.RecentActivity.Hour;
import dev.nexo.pairing.internal.RecentActivity.Report;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** The call {@code GET /activity}: totals, and the last 24 hours by hour. Thread-safe. */
@Component
@Produces(MediaType.APPLICATION_JSON)
public class ActivityResource {

  private final RecentActivity activity;

  @Inject
  public ActivityResource(RecentActivity activity) {
    this.activity = activity;
  }

  /** Returns the report. */
  @GET
  public JsonObject report(@Context UriInfo uri) {
    new QueryFields(uri).end();
    Report report = activity.report();
    JsonArrayBuilder hours = StrictJson.array();
    for (Hour hour : report.hours()) {
      JsonObjectBuilder json = StrictJson.object();
      OperatorJson.add(json, "at", hour.at());
      hours.add(
          json.add("strangers", hour.strangers())
              .add("approved", hour.approved())
              .add("denied", hour.denied())
              .add("blocked", hour.blocked())
              .add("dropped", hour.dropped()));
    }
    return StrictJson.object()
        .add("pending", report.pending())
        .add("denied", report.denied())
        .add("blocked", report.blocked())
        .add("dropped", report.dropped())
        .add("complete", report.complete())
        .add("hours", hours)
        .build();
  }
}
