package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.auth.CrossSiteRequests;
import dev.nexo.pairing.http.operator.SenderParser.Parsed;
import dev.nexo.pairing.http.problem.ExceptionProblems;
import dev.nexo.pairing.http.problem.ProblemWriter;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The operator's calls in an application that embeds the module, with which it lists, approves,
 * denies, seeds, revokes and blocks ({@code http-api.md}). Thread-safe.
 *
 * <p>It answers only if the application maps it in its {@code web.xml}, and only callers whom the
 * application's own security has authenticated and given the role {@value #ROLE}. Without a
 * security constraint there is no such caller, so it refuses every request. It has no accounts and
 * checks no passwords.
 */
public final class OperatorServlet extends HttpServlet {

  /** The role of a caller. A {@code security-role-ref} can link it to one of the application. */
  public static final String ROLE = "operator";

  private static final long serialVersionUID = 1L;
  private static final String JSON = "application/json";

  @Inject transient PairingStore store;
  @Inject transient SenderParser senders;
  @Inject transient ExceptionProblems problems;

  /** Creates the servlet, for the server. */
  public OperatorServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    try (StorageBudget budget = StorageBudget.open()) {
      Actor by = operator(request);
      byte[] answer = answer(request, by).toString().getBytes(StandardCharsets.UTF_8);
      response.setContentType(JSON);
      response.setContentLength(answer.length);
      response.getOutputStream().write(answer);
    } catch (RuntimeException e) {
      ProblemWriter.write(response, problems.of(e));
    }
  }

  /**
   * Returns the caller.
   *
   * @throws ProblemException if the application's security does not say that it is an operator, or
   *     another site may have sent the request
   */
  private static Actor operator(HttpServletRequest request) {
    Principal caller = request.getUserPrincipal();
    if (caller == null) {
      throw new ProblemException(
          ProblemType.LOGIN_REQUIRED,
          "Sign in to the application. Its web.xml must protect this path with a security"
              + " constraint.");
    }
    if (!request.isUserInRole(ROLE)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "The caller does not have the role " + ROLE + ".");
    }
    boolean change = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    if (change && CrossSiteRequests.sent(request)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Cross-site requests may not make changes.");
    }
    boolean bare = request.getHeader("Authorization") == null;
    if (change && bare && request.getHeader(Caller.SURFACE_HEADER) == null) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Send the header "
              + Caller.SURFACE_HEADER
              + ": changes without an Authorization header require it.");
    }
    return new Actor(caller.getName(), Caller.surface(request));
  }

  private JsonObject answer(HttpServletRequest request, Actor by) throws IOException {
    String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
    List<String> parts = Arrays.asList(path.split("/", -1));
    boolean ofRequest = parts.size() == 4 && parts.get(1).equals("pending");
    String call = ofRequest ? "/pending/{ref}/" + parts.get(3) : path;
    boolean get = request.getMethod().equals("GET");
    switch (call) {
      case "/pending", "/allow-from", "/blocked", "/audit" -> {
        require(get, "GET");
        return list(call, new QueryFields(parameters(request)));
      }
      case "/pending/{ref}/approve" -> {
        requireJson(request);
        return approve(request, parts.get(2), by);
      }
      case "/pending/{ref}/deny" -> {
        requireJson(request);
        return deny(request, parts.get(2), by);
      }
      case "/allow-from/seed" -> {
        requireJson(request);
        return seed(JsonBody.read(request), by);
      }
      case "/allow-from/revoke" -> {
        requireJson(request);
        return revoke(JsonBody.read(request), by);
      }
      case "/blocked/block", "/blocked/unblock" -> {
        requireJson(request);
        return block(JsonBody.read(request), call.endsWith("/block"), by);
      }
      default ->
          throw new ProblemException(
              ProblemType.NOT_FOUND, "Check the path against the guide to embedding.");
    }
  }

  private static void require(boolean allowed, String method) {
    if (!allowed) {
      throw new ProblemException(
          Problem.of(ProblemType.METHOD_NOT_ALLOWED, "Use one of the methods in the Allow header.")
              .withHeader("Allow", method));
    }
  }

  /** A page of another site cannot send this media type without the server's consent. */
  private static void requireJson(HttpServletRequest request) {
    require(request.getMethod().equals("POST"), "POST");
    String type = request.getContentType();
    boolean empty = request.getContentLengthLong() == 0 || type == null;
    if (!empty && !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Send the body as JSON with Content-Type: application/json.");
    }
  }

  private static MultivaluedMap<String, String> parameters(HttpServletRequest request) {
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    request.getParameterMap().forEach((name, values) -> parameters.addAll(name, values));
    return parameters;
  }

  private JsonObject list(String call, QueryFields query) {
    AccountFilter accounts = query.accounts();
    String text = call.equals("/allow-from") ? query.text("q") : null;
    boolean revoked = call.equals("/allow-from") && query.flag("include_revoked");
    String sender = call.equals("/audit") ? query.text("sender_id") : null;
    Instant since = call.equals("/audit") ? query.time("since") : null;
    PageRequest page = query.page();
    query.end();
    return switch (call) {
      case "/pending" ->
          OperatorJson.page("pending", store.pending(accounts, page), OperatorJson::pending);
      case "/allow-from" ->
          OperatorJson.page(
              "allow",
              store.allowed(new AllowFilter(accounts, text, revoked), page),
              OperatorJson::allowed);
      case "/blocked" ->
          OperatorJson.page("blocked", store.blocked(accounts, page), OperatorJson::blocked);
      default ->
          OperatorJson.page(
              "audit",
              store.audit(new AuditFilter(accounts, sender, since), page),
              OperatorJson::audit);
    };
  }

  private JsonObject approve(HttpServletRequest request, String reference, Actor by) {
    JsonFields fields = JsonBody.readOptional(request);
    Boolean notify = fields.flag("notify");
    AllowTerms terms = TermsFields.read(fields);
    fields.end();
    PendingOutcome.Done done = done(store.approve(reference, terms, notify, by));
    JsonObjectBuilder json = StrictJson.copy(sender(done, "approved_at"));
    return done.held().isEmpty()
        ? json.build()
        : json.add("held", OperatorJson.held(done.held())).build();
  }

  private JsonObject deny(HttpServletRequest request, String reference, Actor by) {
    JsonFields fields = JsonBody.readOptional(request);
    boolean block = fields.flag("block", false);
    String reason = fields.text("reason", AllowTerms.MAX_NOTE);
    fields.end();
    return sender(done(store.deny(reference, block, reason, by)), "denied_at");
  }

  private static PendingOutcome.Done done(PendingOutcome outcome) {
    if (outcome instanceof PendingOutcome.Done done) {
      return done;
    }
    if (outcome instanceof PendingOutcome.Expired) {
      throw new ProblemException(
          ProblemType.CODE_EXPIRED, "Ask the sender to message again to get a new code.");
    }
    throw new ProblemException(
        ProblemType.CODE_UNKNOWN,
        "Check the code or ID. The request may have been approved or denied already.");
  }

  private static JsonObject sender(PendingOutcome.Done done, String timeField) {
    JsonObjectBuilder json = StrictJson.object();
    OperatorJson.add(json, done.sender());
    OperatorJson.add(json, timeField, done.at());
    return json.build();
  }

  private JsonObject seed(JsonFields fields, Actor by) {
    ChannelAccount account = fields.account();
    List<String> senderIds = fields.requiredTexts("sender_ids", PairingStore.MAX_SEED);
    boolean exact = fields.flag("exact", false);
    AllowTerms terms = TermsFields.read(fields, null, null);
    fields.end();
    SeedStream seeding = new SeedStream(store, senders, account, by);
    SeedReport report = seeding.seed(senderIds, terms, exact);
    return OperatorJson.seeded(report, seeding.warnings());
  }

  private JsonObject revoke(JsonFields fields, Actor by) {
    Parsed parsed = parsed(fields);
    int revoked = SenderChanges.revoke(store, parsed, false, by);
    return OperatorJson.counted("revoked", revoked, senders.warnings(parsed.account()));
  }

  private JsonObject block(JsonFields fields, boolean block, Actor by) {
    String reason = block ? fields.text("reason", AllowTerms.MAX_NOTE) : null;
    Parsed parsed = parsed(fields);
    JsonArray warnings = senders.warnings(parsed.account());
    return block
        ? OperatorJson.counted("blocked", store.block(parsed.sender(), reason, by), warnings)
        : OperatorJson.counted("unblocked", SenderChanges.unblock(store, parsed, by), warnings);
  }

  /** Ends the reading of a body, and returns its sender. */
  private Parsed parsed(JsonFields fields) {
    ChannelAccount account = fields.account();
    String raw = fields.requiredText("sender_id");
    boolean exact = fields.flag("exact", false);
    fields.end();
    return exact ? senders.exact(account, raw) : senders.parse(account, raw);
  }
}
