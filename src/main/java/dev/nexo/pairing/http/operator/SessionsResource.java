package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.CopiedText;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** The calls at {@code /sessions}, which list and revoke companions' sessions. Thread-safe. */
@Path("/sessions")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {

  private final PairingSessionStore sessions;

  @Inject
  public SessionsResource(PairingSessionStore sessions) {
    this.sessions = sessions;
  }

  /** Handles {@code GET /sessions}. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    PageRequest page = query.page();
    query.end();
    return OperatorJson.page("sessions", sessions.list(page), OperatorJson::session);
  }

  /** Handles {@code DELETE /sessions/{session_id}}. */
  @DELETE
  @Path("/{session_id}")
  public void revoke(
      @PathParam("session_id") String sessionId,
      @Context HttpServletRequest request,
      @Context UriInfo uri) {
    new QueryFields(uri).end();
    if (!sessions.revoke(CopiedText.id(sessionId), Caller.of(request).actor())) {
      throw new ProblemException(
          ProblemType.SESSION_UNKNOWN,
          "Check the ID: GET /api/v1/sessions lists the active sessions.");
    }
  }
}
