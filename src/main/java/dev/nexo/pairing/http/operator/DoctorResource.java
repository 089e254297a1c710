package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** {@code GET /doctor}: the findings of this server's own checks (ADR 20). */
@Path("/doctor")
@Component
public class DoctorResource {

  private final Doctor doctor;

  @Inject
  public DoctorResource(Doctor doctor) {
    this.doctor = doctor;
  }

  /** Returns all findings, sorted by check; responds within 5 s. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject examine(@Context UriInfo uri) {
    new QueryFields(uri).end();
    JsonArrayBuilder checks = StrictJson.array();
    doctor.examine().forEach(finding -> checks.add(json(finding)));
    return StrictJson.object().add("checks", checks).build();
  }

  private static JsonObject json(Finding finding) {
    JsonObjectBuilder json =
        StrictJson.object().add("check", finding.check()).add("level", finding.level().wireName());
    OperatorJson.add(json, "id", finding.id());
    OperatorJson.add(json, "text", finding.text());
    OperatorJson.add(json, "remedy", finding.remedy());
    return json.build();
  }
}
