package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code POST /logout}: signing out on the operator's page. */
@Path("/logout")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class LogoutResource {

  private final ConsoleSessions sessions;

  /** Ends logins there. */
  @Inject
  public LogoutResource(ConsoleSessions sessions) {
    this.sessions = sessions;
  }

  /** Ends the login that the request rides on; who came by other means has none to end. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response end(@Context HttpServletRequest request) {
    JsonBody.readOptional(request).end();
    Response.ResponseBuilder answer = Response.noContent();
    sessions
        .end(request, Caller.of(request).actor())
        .ifPresent(cookie -> answer.header(HttpHeaders.SET_COOKIE, cookie));
    return answer.build();
  }
}
