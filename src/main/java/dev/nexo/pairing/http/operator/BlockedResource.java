package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.operator.SenderParser.Parsed;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
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

/** The calls at {@code /blocked}, for senders whose messages are dropped. Thread-safe. */
@Component
@Produces(MediaType.APPLICATION_JSON)
public class BlockedResource {

  private static final PageRequest ROWS = new PageRequest(PageRequest.MAX_LIMIT, null);

  private final PairingStore store;
  private final SenderParser senders;

  @Inject
  public BlockedResource(PairingStore store, SenderParser senders) {
    this.store = store;
    this.senders = senders;
  }

  /** Handles {@code GET /blocked}. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    return OperatorJson.list(uri, "blocked", store::blocked, OperatorJson::blocked);
  }

  /** Handles {@code POST /blocked/block}, which also revokes the sender. */
  @POST
  @Path("/block")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject block(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    String reason = fields.text("reason", AllowTerms.MAX_NOTE);
    Parsed parsed = sender(fields);
    SenderKey sender = target(parsed);
    // Asked before, because the block makes the account known.
    JsonArray warnings = senders.warnings(parsed.account());
    int blocked = store.block(sender, reason, Caller.of(request).actor());
    return OperatorJson.counted("blocked", blocked, warnings);
  }

  /**
   * Returns the sender to block. An id that the adapter rejects is one if a row has it: from a
   * channel's own form, an adapter accepts more than what people type.
   *
   * @throws InvalidValueException if the adapter rejects the id and no row has it
   */
  private SenderKey target(Parsed parsed) {
    return parsed.verdict().canonical() != null
        ? parsed.sender()
        : parsed.asGiven().stream().filter(this::isStored).findFirst().orElseGet(parsed::sender);
  }

  private boolean isStored(SenderKey sender) {
    AccountFilter account = new AccountFilter(sender.channel(), sender.accountId());
    return store.allowed(new AllowFilter(account, sender.senderId(), true), ROWS).items().stream()
            .anyMatch(row -> row.sender().equals(sender))
        || store.pending(account, ROWS).items().stream()
            .anyMatch(request -> request.sender().equals(sender));
  }

  /** Handles {@code POST /blocked/unblock}, which also ends a denial. */
  @POST
  @Path("/unblock")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject unblock(@Context HttpServletRequest request) {
    Parsed parsed = sender(JsonBody.read(request));
    Actor by = Caller.of(request).actor();
    int unblocked = SenderChanges.unblock(store, parsed, by);
    return OperatorJson.counted("unblocked", unblocked, senders.warnings(parsed.account()));
  }

  /** Ends the reading of a body, and returns its sender. */
  private Parsed sender(JsonFields fields) {
    ChannelAccount account = fields.account();
    String raw = fields.requiredText("sender_id");
    boolean exact = fields.flag("exact", false);
    fields.end();
    return exact ? senders.exact(account, raw) : senders.parse(account, raw);
  }
}
