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
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.OutboxStatus;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;

/**
 * The calls at {@code /pending}, for pending requests and their decisions. Thread-safe.
 *
 * <p>A wrong code is not a failed attempt: only an operator can call these, who may list the codes.
 */
@Path("/pending")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class PendingResource {

  private final PairingStore store;
  private final OutboxStatus outbox;
  private final SenderParser senders;
  private final PairingGate gate;

  @Inject
  public PendingResource(
      PairingStore store, OutboxStatus outbox, SenderParser senders, PairingGate gate) {
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
