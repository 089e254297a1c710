package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.PendingRequest.HeldMessages;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.DecidedRequests;
import dev.nexo.pairing.internal.OutboxStatus;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The calls at {@code /pending}, for pending requests and their decisions. Thread-safe.
 *
 * <p>A wrong code is not a failed attempt: only an operator can call these, who may list the codes.
 */
@Component
@Produces(MediaType.APPLICATION_JSON)
public class PendingResource {

  /** The maximum number of requests in one call of {@link #decide}. */
  static final int MAX_DECIDED = 200;

  private final PairingStore store;
  private final DecidedRequests decided;
  private final OutboxStatus outbox;
  private final SenderParser senders;
  private final PairingGate gate;

  @Inject
  public PendingResource(
      PairingStore store,
      DecidedRequests decided,
      OutboxStatus outbox,
      SenderParser senders,
      PairingGate gate) {
    this.decided = decided;
    this.senders = senders;
    this.gate = gate;
    this.store = store;
    this.outbox = outbox;
  }

  /** Handles {@code GET /pending}. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    AccountFilter accounts = query.accounts();
    PageRequest page = query.page();
    query.end();
    Page<PendingRequest> requests = store.pending(accounts, page);
    Set<String> undelivered =
        outbox.undelivered(requests.items().stream().map(PendingRequest::requestId).toList());
    return OperatorJson.page(
        "pending", requests, request -> row(request, undelivered.contains(request.requestId())));
  }

  /** Returns a request with the admitted near twins of its sender, as a hint for the operator. */
  private JsonObject row(PendingRequest request, boolean undelivered) {
    JsonObject row = OperatorJson.pending(request, undelivered);
    SenderKey sender = request.sender();
    // Rows of Nexo may name accounts that are not valid.
    if (!ChannelAccount.isChannel(sender.channel())
        || !ChannelAccount.isAccount(sender.accountId())) {
      return row;
    }
    ChannelAccount account = new ChannelAccount(sender.channel(), sender.accountId());
    List<String> twins = senders.admittedTwins(gate, account, sender.senderId());
    if (twins.isEmpty()) {
      return row;
    }
    JsonObjectBuilder json = StrictJson.copy(row);
    ExplainResource.addTwins(json, twins);
    return json.build();
  }

  /** Handles {@code POST /pending/{code or request_id}/approve}. The body is optional. */
  @POST
  @Path("/{ref}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject approve(@Context HttpServletRequest request, @PathParam("ref") String ref) {
    JsonFields fields = JsonBody.readOptional(request);
    Boolean notify = fields.flag("notify");
    AllowTerms terms = TermsFields.read(fields);
    fields.end();
    Caller caller = Caller.of(request);
    PendingOutcome.Done done = done(store.approve(ref, terms, notify, caller.actor()));
    JsonObject approved = sender(done, "approved_at");
    return done.held().isEmpty()
        ? approved
        : StrictJson.copy(approved).add("held", OperatorJson.held(done.held())).build();
  }

  /** Handles {@code GET /pending/{code or request_id}/messages}. */
  @GET
  @Path("/{ref}/messages")
  public JsonObject messages(@Context UriInfo uri, @PathParam("ref") String ref) {
    new QueryFields(uri).end();
    HeldMessages held = store.held(ref).orElseThrow(PendingResource::unknown);
    return StrictJson.object()
        .add("request_id", held.requestId())
        .add("messages", OperatorJson.held(held.messages()))
        .add("too_large", held.tooLarge())
        .build();
  }

  /** Handles {@code POST /pending/{code or request_id}/deny}. Without a body, does not block. */
  @POST
  @Path("/{ref}/deny")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject deny(@Context HttpServletRequest request, @PathParam("ref") String ref) {
    JsonFields fields = JsonBody.readOptional(request);
    boolean block = fields.flag("block", false);
    String reason = fields.text("reason", AllowTerms.MAX_NOTE);
    fields.end();
    Caller caller = Caller.of(request);
    PendingOutcome.Done done = done(store.deny(ref, block, reason, caller.actor()));
    return sender(done, "denied_at");
  }

  /** What a call does to requests. */
  private enum Action {
    APPROVE,
    DENY,
    BLOCK,
    /** Undoes the decision. */
    RESTORE
  }

  /** Handles {@code POST /pending/decide}: one decision about many requests, or its undoing. */
  @POST
  @Path("/decide")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject decide(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    Action action = action(fields);
    String reason = fields.text("reason", AllowTerms.MAX_NOTE);
    if (reason != null && (action == Action.APPROVE || action == Action.RESTORE)) {
      fields.violations().add("reason", "is allowed with deny and block only");
    }
    List<String> requestIds = fields.requiredTexts("request_ids", MAX_DECIDED);
    if (requestIds.isEmpty() && fields.gives("request_ids")) {
      fields.violations().add("request_ids", "must have at least 1 element");
    }
    fields.end();
    Caller caller = Caller.of(request);
    JsonArrayBuilder results = StrictJson.array();
    boolean available = true;
    for (int i = 0; i < requestIds.size(); i++) {
      JsonObjectBuilder result = StrictJson.object().add("request_id", requestIds.get(i));
      try {
        if (available) {
          addResult(result, decide(action, requestIds.get(i), reason, caller));
        }
      } catch (StorageUnavailableException e) {
        if (i == 0) {
          throw e;
        }
        // Each is a transaction of its own. The caller must learn which of them are done.
        available = false;
      }
      results.add(available ? result : result.add("result", "unavailable"));
    }
    return StrictJson.object().add("results", results).build();
  }

  private PendingOutcome decide(Action action, String id, String reason, Caller caller) {
    return switch (action) {
      case APPROVE -> store.approve(id, AllowTerms.NONE, null, caller.actor());
      case DENY -> store.deny(id, false, reason, caller.actor());
      case BLOCK -> store.deny(id, true, reason, caller.actor());
      case RESTORE -> decided.restore(id, caller.actor());
    };
  }

  private static void addResult(JsonObjectBuilder result, PendingOutcome outcome) {
    if (outcome instanceof PendingOutcome.Done done) {
      result.add("result", "done");
      OperatorJson.add(result, done.sender());
      if (!done.held().isEmpty()) {
        result.add("held", OperatorJson.held(done.held()));
      }
    } else {
      boolean expired = outcome instanceof PendingOutcome.Expired;
      result.add("result", expired ? "expired" : "unknown");
    }
  }

  private static Action action(JsonFields fields) {
    String name = fields.requiredText("action");
    Action found =
        Stream.of(Action.values())
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
            .findFirst()
            .orElse(null);
    if (found == null && name != null) {
      fields.violations().add("action", "must be approve, deny, block or restore");
    }
    return found;
  }

  private static PendingOutcome.Done done(PendingOutcome outcome) {
    if (outcome instanceof PendingOutcome.Done done) {
      return done;
    }
    if (outcome instanceof PendingOutcome.Expired) {
      throw new ProblemException(
          ProblemType.CODE_EXPIRED, "Ask the sender to message again to get a new code.");
    }
    throw unknown();
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.CODE_UNKNOWN,
        "Check the code or ID. The request may have been approved or denied already. GET"
            + " /api/v1/pending lists the pending requests.");
  }

  private static JsonObject sender(PendingOutcome.Done done, String timeField) {
    JsonObjectBuilder json = StrictJson.object();
    OperatorJson.add(json, done.sender());
    OperatorJson.add(json, timeField, done.at());
    return json.build();
  }
}
