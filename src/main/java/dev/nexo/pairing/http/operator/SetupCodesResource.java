package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.companion.SetupCodeStore;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.operator.SetupCodeService.Started;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * {@code /setup-codes}: what an operator hands to a new companion.
 *
 * <p>A code is answered as JSON unless the caller asks for the QR code itself; the server's
 * preference ({@code qs}) makes that so for whoever takes anything.
 */
@Path("/setup-codes")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class SetupCodesResource {

  private final SetupCodeStore codes;
  private final SetupCodeService starter;

  @Inject
  public SetupCodesResource(SetupCodeStore codes, SetupCodeService starter) {
    this.codes = codes;
    this.starter = starter;
  }

  /** {@code POST /setup-codes}; no body means all defaults. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("application/json;qs=1.0")
  public Response start(@Context HttpServletRequest request, @Context UriInfo uri) {
    SetupCodeBody call = SetupCodeBody.inJson(request, uri);
    Started started = starter.start(call, Caller.of(request).actor());
    return created(started, OperatorJson.started(started, call), MediaType.APPLICATION_JSON);
  }

  /** The same, answered by a picture. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("image/png;qs=0.9")
  public Response startAsPng(@Context HttpServletRequest request, @Context UriInfo uri) {
    return picture(request, uri, QrFormat.PNG);
  }

  /** The same, answered by a drawing. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("image/svg+xml;qs=0.8")
  public Response startAsSvg(@Context HttpServletRequest request, @Context UriInfo uri) {
    return picture(request, uri, QrFormat.SVG);
  }

  /** The same, answered by blocks for a terminal. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("text/plain;qs=0.7")
  public Response startAsAnsi(@Context HttpServletRequest request, @Context UriInfo uri) {
    return picture(request, uri, QrFormat.ANSI);
  }

  /** {@code POST /setup-codes/rotate-key}. */
  @POST
  @Path("/rotate-key")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject rotateKey(@Context HttpServletRequest request) {
    JsonBody.readOptional(request).end();
    return OperatorJson.rotation(codes.rotateKey(Caller.of(request).actor()));
  }

  /** {@code GET /setup-codes/{setup_id}}. */
  @GET
  @Path("/{setup_id}")
  public JsonObject find(@PathParam("setup_id") String setupId, @Context UriInfo uri) {
    new QueryFields(uri).end();
    return codes
        .find(setupId)
        .map(OperatorJson::setupCode)
        .orElseThrow(SetupCodesResource::unknown);
  }

  /** {@code DELETE /setup-codes/{setup_id}}. */
  @DELETE
  @Path("/{setup_id}")
  public void cancel(
      @PathParam("setup_id") String setupId,
      @Context HttpServletRequest request,
      @Context UriInfo uri) {
    new QueryFields(uri).end();
    SetupCodeStatus status =
        codes.cancel(setupId, Caller.of(request).actor()).orElseThrow(SetupCodesResource::unknown);
    if (status.state() == SetupCodeState.REDEEMED) {
      throw new ProblemException(
          ProblemType.ALREADY_REDEEMED,
          "DELETE /api/v1/sessions/" + status.sessionId() + " ends the session it opened.");
    }
  }

  private Response picture(HttpServletRequest request, UriInfo uri, QrFormat form) {
    SetupCodeBody call = SetupCodeBody.asPicture(request, uri, form);
    Started started = starter.start(call, Caller.of(request).actor());
    return created(started, form.body(started.drawing(), call.inverted()), form.type());
  }

  private static Response created(Started started, Object body, String type) {
    // A path and no URL: what a proxy calls this server, only the caller knows.
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/api/v1/setup-codes/" + started.setup().setupId())
        .type(type)
        .entity(body)
        .build();
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.SETUP_UNKNOWN,
        "Check the id against the answer of POST /api/v1/setup-codes. Codes that ran out long ago"
            + " are forgotten.");
  }
}
