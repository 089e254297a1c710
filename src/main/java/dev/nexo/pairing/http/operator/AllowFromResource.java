package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTermsUpdate;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.http.auth.Caller;
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

/** {@code /allow-from}: who is admitted, on what terms, and who no longer. */
@Path("/allow-from")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class AllowFromResource {

  private final PairingStore store;
  private final SenderLookup senders;

  /** Reads and changes that store. */
  @Inject
  public AllowFromResource(PairingStore store, SenderLookup senders) {
    this.store = store;
    this.senders = senders;
  }

  /** {@code GET /allow-from}. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    AccountFilter accounts = query.accounts();
    AllowFilter filter = new AllowFilter(accounts, query.text("q"), query.flag("include_revoked"));
    PageRequest page = query.page();
    query.end();
    return OperatorJson.page("allow", store.allowed(filter, page), OperatorJson::allowed);
  }

  /**
   * {@code POST /allow-from/update}: new terms for a row; what is left out stays as it is, null
   * takes it away.
   */
  @POST
  @Path("/update")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject update(@Context HttpServletRequest request) throws IOException {
    JsonFields fields = JsonBody.read(request);
    ChannelAccount account = fields.account();
    String raw = fields.requiredText("sender_id");
    AllowTermsUpdate change = TermsReader.change(fields);
    String senderId = stored(account, raw, fields);
    fields.end();
    SenderKey sender = new SenderKey(account.channel(), account.accountId(), senderId);
    return store
        .update(sender, change, Caller.of(request).actor())
        .map(OperatorJson::allowed)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.SENDER_UNKNOWN,
                    "Check channel, account_id and sender_id against GET /api/v1/allow-from."));
  }

  /** {@code POST /allow-from/revoke}. */
  @POST
  @Path("/revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject revoke(@Context HttpServletRequest request) throws IOException {
    JsonFields fields = JsonBody.read(request);
    ChannelAccount account = fields.account();
    String raw = fields.requiredText("sender_id");
    boolean everywhere = fields.flag("all_accounts", false);
    if (everywhere && fields.text("account_id") != null) {
      fields.violations().add("account_id", "must be left out where all_accounts is true");
    }
    String senderId = stored(account, raw, fields);
    fields.end();
    SenderKey sender = new SenderKey(account.channel(), account.accountId(), senderId);
    int revoked =
        everywhere
            ? store
                .revokeOnAllAccounts(
                    sender.channel(), sender.senderId(), Caller.of(request).actor())
                .size()
            : store.revoke(sender, Caller.of(request).actor());
    return StrictJson.object().add("revoked", revoked).build();
  }

  private String stored(ChannelAccount account, String raw, JsonFields fields) {
    // Without a channel there is no adapter to ask; the channel's fault is noted already.
    return account == null ? null : senders.stored(account.channel(), raw, fields.violations());
  }
}
