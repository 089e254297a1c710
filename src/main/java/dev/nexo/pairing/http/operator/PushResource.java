package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.request.CallerLimiter;
import dev.nexo.pairing.http.request.CallerLimiter.Outcome;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.internal.PushNotices;
import dev.nexo.pairing.internal.PushNotices.Acted;
import dev.nexo.pairing.internal.PushNotices.Offer;
import dev.nexo.pairing.internal.PushNotices.Subscription;
import dev.nexo.pairing.json.ClaimedName;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/**
 * The calls at {@code /notices/push}, for the browsers that are notified of new requests, and
 * {@code /notices/act}, with which their notifications decide. Thread-safe.
 */
@Path("/notices")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class PushResource {

  /** The maximum length of a token, a key or an origin, in characters. */
  private static final int MAX_TEXT = 255;

  private static final int MAX_ENDPOINT = 1_024;

  private static final Problem REFUSED =
      Problem.of(
          ProblemType.TOKEN_REFUSED,
          "The notification has expired, or its request was decided already. Open the console.");

  private final PushNotices notices;
  private final CallerLimiter limit;

  @Inject
  public PushResource(PushNotices notices, CallerLimiter limit) {
    this.notices = notices;
    this.limit = limit;
  }

  /** Handles {@code GET /notices/push}. */
  @GET
  @Path("/push")
  public JsonObject list(@Context UriInfo uri) {
    new QueryFields(uri).end();
    JsonArrayBuilder all = StrictJson.array();
    notices.list().forEach(one -> all.add(json(one)));
    JsonObjectBuilder json = StrictJson.object().add("enabled", notices.isEnabled());
    if (notices.isEnabled()) {
      json.add("public_key", notices.publicKey());
    }
    return json.add("subscriptions", all).build();
  }

  private static JsonObject json(Subscription one) {
    JsonObjectBuilder json =
        StrictJson.object()
            .add("id", one.id())
            .add("label", one.label())
            .add("name", one.name())
            .add("service", one.service())
            .add("valid", one.valid());
    OperatorJson.add(json, "created_at", one.createdAt());
    OperatorJson.add(json, "delivered_at", one.deliveredAt().orElse(null));
    return json.build();
  }

  /** Handles {@code POST /notices/push}: subscribes a browser, or replaces its keys. */
  @POST
  @Path("/push")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response subscribe(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    String endpoint = fields.requiredText("endpoint");
    String p256dh = fields.requiredText("p256dh");
    String auth = fields.requiredText("auth");
    String label = ClaimedName.line(orEmpty(fields.text("label", MAX_TEXT)), ClaimedName.MAX);
    if (orEmpty(endpoint).length() > MAX_ENDPOINT) {
      fields.violations().add("endpoint", "must be at most " + MAX_ENDPOINT + " characters");
    }
    fields.end();
    Offer offer =
        new Offer(endpoint, p256dh, auth, label.isEmpty() ? "Browser" : label, origin(request));
    Subscription made =
        fields.violations().check(() -> notices.subscribe(offer, Caller.of(request).actor()));
    fields.violations().refuseIfAny();
    return Response.status(Response.Status.CREATED).entity(json(made)).build();
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /** Returns the console's own origin, if push services accept it as a contact. */
  private static Optional<String> origin(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Origin"))
        .filter(origin -> origin.matches("https://[a-zA-Z0-9.:\\[\\]-]{1,247}"));
  }

  /** Handles {@code DELETE /notices/push/{id}}. There may be no such subscription. */
  @DELETE
  @Path("/push/{id}")
  public void end(
      @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo uri) {
    new QueryFields(uri).end();
    notices.end(id, Caller.of(request).actor());
  }

  /**
   * Handles {@code POST /notices/act}, without a login: the token in a notification decides the one
   * request that the notification is about. All invalid tokens get the same response.
   */
  @POST
  @Path("/act")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject act(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    String token = fields.requiredText("token");
    String action = fields.requiredText("action");
    if (action != null && !action.equals("approve") && !action.equals("deny")) {
      fields.violations().add("action", "must be approve or deny");
    }
    if (orEmpty(token).length() > MAX_TEXT) {
      fields.violations().add("token", "must be at most " + MAX_TEXT + " characters");
    }
    fields.end();
    Acted acted =
        limit.attempt(
            LoginKey.notice(limit.address(request), token),
            () -> notices.act(token, action.equals("approve")),
            PushResource::outcome);
    if (!(acted instanceof Acted.Done done)) {
      throw new ProblemException(REFUSED);
    }
    return StrictJson.object()
        .add("action", done.approved() ? "approved" : "denied")
        .add("number", done.number())
        .build();
  }

  private static Outcome outcome(Acted acted) {
    if (acted instanceof Acted.Done) {
      return Outcome.RIGHT;
    }
    return acted instanceof Acted.Ended ? Outcome.ENDED : Outcome.WRONG;
  }
}
