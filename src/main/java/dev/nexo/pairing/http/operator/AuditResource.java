package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;

/** {@code GET /audit}: who changed what, newest first. */
@Path("/audit")
@Component
public class AuditResource {

  private final PairingStore store;
  private final SenderLookup senders;

  @Inject
  public AuditResource(PairingStore store, SenderLookup senders) {
    this.store = store;
    this.senders = senders;
  }

  /** A page of the trail. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    AccountFilter accounts = query.accounts();
    String raw = query.text("sender_id");
    Instant since = query.time("since");
    PageRequest page = query.page();
    query.end();
    // Which adapter to ask, only the channel tells; without one the id has to be canonical.
    String senderId =
        raw == null || accounts.channel() == null
            ? raw
            : senders.stored(accounts.channel(), raw, query.violations());
    query.end();
    AuditFilter filter = new AuditFilter(accounts, senderId, since);
    return OperatorJson.page("audit", store.audit(filter, page), OperatorJson::audit);
  }
}
