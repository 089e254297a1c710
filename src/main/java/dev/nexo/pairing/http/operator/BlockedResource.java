package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
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

/** The calls at {@code /blocked}, for senders whose messages are dropped. Thread-safe. */
@Path("/blocked")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class BlockedResource {

  private final PairingStore store;
  private final SenderLookup senders;

  @Inject
  public BlockedResource(PairingStore store, SenderLookup senders) {
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
    SenderKey sender = sender(fields);
    int blocked = store.block(sender, reason, Caller.of(request).actor());
    return StrictJson.object().add("blocked", blocked).build();
  }

  /** Handles {@code POST /blocked/unblock}, which also ends a denial. */
  @POST
  @Path("/unblock")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject unblock(@Context HttpServletRequest request) {
    SenderKey sender = sender(JsonBody.read(request));
    int unblocked = store.unblock(sender, Caller.of(request).actor());
    return StrictJson.object().add("unblocked", unblocked).build();
  }

  /** Ends the reading of a body, and returns its sender. */
  private SenderKey sender(JsonFields fields) {
    ChannelAccount account = fields.account();
    return senders.sender(account, fields.requiredText("sender_id"), fields);
  }
}
