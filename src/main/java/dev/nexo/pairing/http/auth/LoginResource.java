package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.http.request.CallerLimiter;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.ConsoleLogin;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The calls {@code /login} and {@code /logout}, for the console's cookie. Thread-safe. */
@Path("/")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class LoginResource {

  /** The maximum length of a name, in characters. */
  static final int MAX_NAME = 256;

  /** The maximum length of a password, in characters. */
  static final int MAX_PASSWORD = 1024;

  /** Has no Basic challenge, for which the browser would open a dialog over the console's. */
  private static final Problem WRONG =
      Problem.of(
          ProblemType.LOGIN_REQUIRED,
          "Wrong name or password. The log of every start shows where the operator's password is.");

  private final Accounts accounts;
  private final ConsoleSessions sessions;
  private final CallerLimiter limit;

  @Inject
  public LoginResource(Accounts accounts, ConsoleSessions sessions, CallerLimiter limit) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.limit = limit;
  }

  /**
   * Handles {@code POST /login}: returns the cookie for a valid password. This is the only call
   * without authentication; the filter has rejected locked addresses and cross-site requests.
   */
  @POST
  @Path("/login")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response open(@Context HttpServletRequest request) {
    Surface surface = Caller.surface(request);
    JsonFields fields = JsonBody.read(request);
    String name = fields.text("name", MAX_NAME);
    String password = fields.text("password", MAX_PASSWORD);
    if (!fields.gives("password")) {
      fields.violations().add("password", "is required");
    }
    fields.end();
    Accounts.Account account = account(request, name == null ? Accounts.OPERATOR : name, password);
    String cookie = sessions.open(request, new Actor(account.name(), surface));
    return Response.noContent().header(HttpHeaders.SET_COOKIE, cookie).build();
  }

  private Accounts.Account account(HttpServletRequest request, String name, String password) {
    Accounts.Account account =
        limit
            .attempt(
                accounts.keyOfName(limit.address(request), name),
                () -> accounts.byPassword(request, name, password),
                Accounts.Login::outcome)
            .orRefuse(() -> WRONG);
    if (account.role() != CallerRole.OPERATOR) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "A channel account cannot sign in. Use an operator account.");
    }
    return account;
  }

  /** Handles {@code GET /login}: returns the caller's name, and when its cookie expires. */
  @GET
  @Path("/login")
  public JsonObject find(@Context HttpServletRequest request, @Context UriInfo uri) {
    new QueryFields(uri).end();
    JsonObjectBuilder json = StrictJson.object().add("name", Caller.of(request).name());
    ConsoleSessions.login(request)
        .map(ConsoleLogin::expiresAt)
        .ifPresent(time -> json.add("expires_at", time.toString()));
    return json.build();
  }

  /** Handles {@code POST /logout}: ends the cookie's login; without a cookie it does nothing. */
  @POST
  @Path("/logout")
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
