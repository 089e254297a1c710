package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.CopiedText;
import dev.nexo.pairing.companion.IssuedSetupCode;
import dev.nexo.pairing.companion.SetupCode;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.companion.SetupCodeStore;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.operator.SetupCodeService.Started;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
 * The calls at {@code /setup-codes}, which issue and cancel setup codes for new companions.
 * Thread-safe.
 *
 * <p>The response is JSON unless the caller accepts only the QR code itself: the server's
 * preference ({@code qs}) selects JSON for a caller that accepts any media type.
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

  /** Handles {@code POST /setup-codes}. Without a body, all defaults are used. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("application/json;qs=1.0")
  public Response start(@Context HttpServletRequest request, @Context UriInfo uri) {
    SetupCodeBody call = SetupCodeBody.inJson(request, uri);
    Started started = starter.start(call, Caller.of(request).actor());
    return created(started, json(started, call), MediaType.APPLICATION_JSON);
  }

  /** Handles {@code POST /setup-codes} with a PNG as the response. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("image/png;qs=0.9")
  public Response startAsPng(@Context HttpServletRequest request, @Context UriInfo uri) {
    return picture(request, uri, QrFormat.PNG);
  }

  /** Handles {@code POST /setup-codes} with an SVG as the response. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("image/svg+xml;qs=0.8")
  public Response startAsSvg(@Context HttpServletRequest request, @Context UriInfo uri) {
    return picture(request, uri, QrFormat.SVG);
  }

  /** Handles {@code POST /setup-codes} with block characters as the response. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("text/plain;qs=0.7")
  public Response startAsAnsi(@Context HttpServletRequest request, @Context UriInfo uri) {
    return picture(request, uri, QrFormat.ANSI);
  }

  /** Handles {@code POST /setup-codes/rotate-key}. */
  @POST
  @Path("/rotate-key")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject rotateKey(@Context HttpServletRequest request) {
    JsonBody.readOptional(request).end();
    return OperatorJson.rotation(codes.rotateKey(Caller.of(request).actor()));
  }

  /** Handles {@code GET /setup-codes/{setup_id}}. */
  @GET
  @Path("/{setup_id}")
  public JsonObject find(@PathParam("setup_id") String setupId, @Context UriInfo uri) {
    new QueryFields(uri).end();
    return codes
        .find(CopiedText.id(setupId))
        .map(OperatorJson::setupCode)
        .orElseThrow(SetupCodesResource::unknown);
  }

  /** Handles {@code DELETE /setup-codes/{setup_id}}. */
  @DELETE
  @Path("/{setup_id}")
  public void cancel(
      @PathParam("setup_id") String setupId,
      @Context HttpServletRequest request,
      @Context UriInfo uri) {
    new QueryFields(uri).end();
    SetupCodeStatus status =
        codes
            .cancel(CopiedText.id(setupId), Caller.of(request).actor())
            .orElseThrow(SetupCodesResource::unknown);
    if (status.state() == SetupCodeState.REDEEMED) {
      throw new ProblemException(
          ProblemType.ALREADY_REDEEMED,
          "To end the session that it opened, send DELETE /api/v1/sessions/"
              + status.sessionId()
              + ".");
    }
  }

  private Response picture(HttpServletRequest request, UriInfo uri, QrFormat form) {
    SetupCodeBody call = SetupCodeBody.asPicture(request, uri, form);
    Started started = starter.start(call, Caller.of(request).actor());
    return created(started, form.body(started.drawing(), call.inverted()), form.type());
  }

  private static Response created(Started started, Object body, String type) {
    // A path and not a URL, because the server may not know its name behind a proxy.
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/api/v1/setup-codes/" + started.setup().setupId())
        .type(type)
        .entity(body)
        .build();
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.SETUP_UNKNOWN,
        "Check setup_id in the response of POST /api/v1/setup-codes. The server deletes codes"
            + " some time after they expire.");
  }

  private static JsonObject json(Started started, SetupCodeBody call) {
    IssuedSetupCode setup = started.setup();
    SetupCode code = setup.code();
    JsonObjectBuilder json =
        StrictJson.object()
            .add("setup_id", setup.setupId())
            .add("url", code.url())
            .add("url_source", setup.urlSource())
            .add("bootstrap_token", code.bootstrapToken().value());
    OperatorJson.add(json, "expires_at", code.expiresAt());
    json.add("payload", setup.payload());
    if (started.sent() != null) {
      json.add("sent", started.sent());
    }
    if (!call.forms().isEmpty()) {
      JsonObjectBuilder qr = StrictJson.object();
      call.forms()
          .forEach(form -> qr.add(form.wireName(), form.text(started.drawing(), call.inverted())));
      json.add("qr", qr);
    }
    return json.build();
  }
}
