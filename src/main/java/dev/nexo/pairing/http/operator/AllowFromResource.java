package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.operator.SenderParser.Parsed;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls at {@code /allow-from}, for the admitted senders and their terms. Thread-safe. */
@Component
@Produces(MediaType.APPLICATION_JSON)
public class AllowFromResource {

  private final PairingStore store;
  private final SenderParser senders;
  private final PairingGate gate;

  @Inject
  public AllowFromResource(PairingStore store, SenderParser senders, PairingGate gate) {
    this.store = store;
    this.senders = senders;
    this.gate = gate;
  }

  /** Handles {@code GET /allow-from}. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    AccountFilter accounts = query.accounts();
    Instant unseenSince = query.time("unseen_since");
    AllowFilter filter =
        new AllowFilter(accounts, query.text("q"), query.flag("include_revoked"), unseenSince);
    PageRequest page = query.page();
    query.end();
    return OperatorJson.page("allow", store.allowed(filter, page), OperatorJson::allowed);
  }

  /** Handles {@code POST /allow-from/seed} with one JSON body, in one transaction. */
  @POST
  @Path("/seed")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject seed(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    ChannelAccount account = fields.account();
    List<String> senderIds = fields.requiredTexts("sender_ids", PairingStore.MAX_SEED);
    boolean exact = fields.flag("exact", false);
    AllowTerms terms = TermsFields.read(fields, null, null);
    fields.end();
    SeedStream seeding = new SeedStream(store, senders, account, Caller.of(request).actor());
    SeedReport report = seeding.seed(senderIds, terms, exact);
    return OperatorJson.seeded(report, seeding.warnings());
  }

  /** Handles {@code POST /allow-from/seed} with a stream of any number of lines. */
  @POST
  @Path("/seed")
  @Consumes("application/x-ndjson")
  public JsonObject stream(@Context HttpServletRequest request, @Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    ChannelAccount account = query.account();
    query.end();
    SeedStream stream = new SeedStream(store, senders, account, Caller.of(request).actor());
    try {
      SeedReport report = stream.read(request.getInputStream());
      return OperatorJson.seeded(report, stream.warnings());
    } catch (IOException e) {
      // The caller closed the connection or sent malformed chunks; the log does not need that.
      throw new ProblemException(
          ProblemType.BAD_REQUEST,
          "The stream ended early, or its chunked encoding is malformed. The complete lines before"
              + " that are seeded. Send the whole stream again.");
    }
  }

  /** Handles {@code POST /allow-from/dry-run}: sorts senders into three lists, without changes. */
  @POST
  @Path("/dry-run")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject dryRun(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    ChannelAccount account = fields.account();
    List<String> senderIds = fields.requiredTexts("sender_ids", PairingStore.MAX_SEED);
    fields.end();
    List<String> ids = new ArrayList<>();
    List<String> elsewhere = new ArrayList<>();
    for (String senderId : senderIds) {
      try {
        ids.add(senders.id(account, senderId));
      } catch (InvalidValueException e) {
        elsewhere.add(senderId);
      }
    }
    DryRun result = gate.dryRun(account, ids);
    elsewhere.addAll(result.rejected());
    return StrictJson.object()
        .add("admit", OperatorJson.texts(result.admit()))
        .add("challenge", OperatorJson.texts(result.challenge()))
        .add("rejected", OperatorJson.texts(elsewhere))
        .build();
  }

  /**
   * Handles {@code POST /allow-from/update}: changes the terms of a sender. A missing field is not
   * changed; a field that is null is cleared.
   */
  @POST
  @Path("/update")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject update(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    ChannelAccount account = fields.account();
    String raw = fields.requiredText("sender_id");
    boolean exact = fields.flag("exact", false);
    AllowTerms.Update change = TermsFields.update(fields);
    fields.end();
    Parsed parsed = exact ? senders.exact(account, raw) : senders.parse(account, raw);
    Actor by = Caller.of(request).actor();
    return update(parsed, change, by)
        .map(OperatorJson::allowed)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.SENDER_UNKNOWN,
                    "Check channel, account_id and sender_id against GET /api/v1/allow-from."));
  }

  /** Updates the row of the canonical id or, if there is none, of the id as given. */
  private Optional<AllowedSender> update(Parsed parsed, AllowTerms.Update change, Actor by) {
    boolean accepted = parsed.verdict().canonical() != null;
    Optional<AllowedSender> updated =
        accepted ? store.update(parsed.sender(), change, by) : Optional.empty();
    for (SenderKey raw : parsed.asGiven()) {
      if (updated.isEmpty()) {
        updated = store.update(raw, change, by);
      }
    }
    if (updated.isEmpty() && !accepted) {
      parsed.sender();
    }
    return updated;
  }

  /** Handles {@code POST /allow-from/revoke}. */
  @POST
  @Path("/revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject revoke(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    ChannelAccount account = fields.account();
    String raw = fields.requiredText("sender_id");
    boolean exact = fields.flag("exact", false);
    boolean anyAccount = fields.flag("all_accounts", false);
    if (anyAccount && fields.text("account_id") != null) {
      fields.violations().add("account_id", "must be left out if all_accounts is true");
    }
    fields.end();
    Parsed parsed = exact ? senders.exact(account, raw) : senders.parse(account, raw, anyAccount);
    boolean everywhere = anyAccount && !parsed.named();
    int revoked = SenderChanges.revoke(store, parsed, everywhere, Caller.of(request).actor());
    return OperatorJson.counted("revoked", revoked, senders.warnings(parsed.account()));
  }
}
