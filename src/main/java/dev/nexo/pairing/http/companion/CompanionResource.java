package dev.nexo.pairing.http.companion;

import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.http.request.CallerLimiter;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.AuthorizationHeader;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The calls at {@code /companion}, with which a companion opens, reads, renews and ends its
 * session. Thread-safe.
 *
 * <p>The form of a request is checked before its token, so that a 400 reveals nothing about the
 * token. Every invalid token gets the same response. It counts as a failed attempt unless this
 * server issued it and it has merely ended.
 */
@Path("/companion")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class CompanionResource {

  private static final Problem REFUSED =
      Problem.of(
              ProblemType.TOKEN_REFUSED,
              "Send `Authorization: Bearer <token>` with a valid token. If the token has expired, pair"
                  + " again with a new setup code.")
          .withHeader("WWW-Authenticate", "Bearer");

  private final PairingSessionStore sessions;
  private final CallerLimiter limit;

  @Inject
  public CompanionResource(PairingSessionStore sessions, CallerLimiter limit) {
    this.sessions = sessions;
    this.limit = limit;
  }

  /** Handles {@code POST /companion/challenge}, with a bootstrap token or a session token. */
  @POST
  @Path("/challenge")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject challenge(@Context HttpServletRequest request) {
    JsonBody.readOptional(request).end();
    DeviceChallenge challenge = accepted(request, this::challenge);
    return StrictJson.object()
        .add("challenge", challenge.value())
        .add("expires_in", DeviceChallenge.LIFETIME_SECONDS)
        .build();
  }

  /** Handles {@code POST /companion/session}. Without a body there is no device key. */
  @POST
  @Path("/session")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response redeem(@Context HttpServletRequest request) {
    DeviceProof proof = proof(request);
    JsonObject opened =
        accepted(
            request, token -> opened(request, sessions.redeem(new BootstrapToken(token), proof)));
    return Response.status(Response.Status.CREATED).entity(opened).build();
  }

  /** Handles {@code POST /companion/session/rotate}, which invalidates the token in use. */
  @POST
  @Path("/session/rotate")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject rotate(@Context HttpServletRequest request) {
    DeviceProof proof = proof(request);
    return accepted(
        request, token -> opened(request, sessions.rotate(new SessionToken(token), proof)));
  }

  /** Handles {@code GET /companion/session}. */
  @GET
  @Path("/session")
  public JsonObject look(@Context HttpServletRequest request, @Context UriInfo uri) {
    new QueryFields(uri).end();
    PairingSession session = accepted(request, token -> sessions.find(new SessionToken(token)));
    return add(StrictJson.object(), session).build();
  }

  /** Handles {@code DELETE /companion/session}. */
  @DELETE
  @Path("/session")
  public void signOut(@Context HttpServletRequest request, @Context UriInfo uri) {
    new QueryFields(uri).end();
    accepted(
        request, token -> Optional.of(token).filter(t -> sessions.signOut(new SessionToken(t))));
  }

  /**
   * Creates a challenge for a bootstrap token, which contains a dot, or for a session token, which
   * does not ({@code protocol.md#tokens}).
   */
  private Optional<DeviceChallenge> challenge(String token) {
    return token.indexOf('.') >= 0
        ? sessions.challenge(new BootstrapToken(token))
        : sessions.challenge(new SessionToken(token));
  }

  /**
   * Uses a request's token. Every invalid token gets the same response. A request without a token
   * does not count, because any page can make a browser send one.
   */
  private <T> T accepted(HttpServletRequest request, Function<String, Optional<T>> use) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    String token = AuthorizationHeader.bearer(headers).orElse("");
    Optional<T> answer =
        headers.isEmpty()
            ? use.apply(token)
            : limit.attempt(
                LoginKey.token(limit.address(request), token),
                () -> use.apply(token),
                result -> outcome(result.isPresent(), token));
    return answer.orElseThrow(() -> new ProblemException(REFUSED));
  }

  private CallerLimiter.Outcome outcome(boolean accepted, String token) {
    if (accepted) {
      return CallerLimiter.Outcome.RIGHT;
    }
    return sessions.hasEnded(token) ? CallerLimiter.Outcome.ENDED : CallerLimiter.Outcome.WRONG;
  }

  private static DeviceProof proof(HttpServletRequest request) {
    JsonFields fields = JsonBody.readOptional(request);
    DeviceProof proof = ProofFields.of(fields);
    fields.end();
    return proof;
  }

  private Optional<JsonObject> opened(HttpServletRequest request, Redemption redemption) {
    if (!(redemption instanceof Redemption.Opened opened)) {
      return Optional.empty();
    }
    String token = opened.token().value();
    limit.issued(LoginKey.token(limit.address(request), token));
    return Optional.of(
        add(StrictJson.object().add("session_token", token), opened.session()).build());
  }

  private static JsonObjectBuilder add(JsonObjectBuilder json, PairingSession session) {
    json.add("session_id", session.sessionId()).add("profile", session.profile());
    if (session.deviceLabel() != null) {
      json.add("device_label", session.deviceLabel());
    }
    return json.add("expires_at", session.expiresAt().toString());
  }
}
