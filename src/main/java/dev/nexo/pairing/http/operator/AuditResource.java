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

/** The call {@code GET /audit}: lists who changed what, newest first. Thread-safe. */
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

  /** Returns a page of the audit trail. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    AccountFilter accounts = query.accounts();
    String raw = query.text("sender_id");
    Instant since = query.time("since");
    PageRequest page = query.page();
    query.end();
    // The channel determines the adapter; without a channel the id must be canonical.
    String senderId =
        raw == null || accounts.channel() == null
            ? raw
            : senders.stored(accounts.channel(), raw, query.violations());
    query.end();
    AuditFilter filter = new AuditFilter(accounts, senderId, since);
    return OperatorJson.page("audit", store.audit(filter, page), OperatorJson::audit);
  }
}
