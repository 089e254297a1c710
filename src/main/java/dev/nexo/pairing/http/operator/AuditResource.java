package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.http.operator.SenderParser.Parsed;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;

/** The call {@code GET /audit}: lists who changed what, newest first. Thread-safe. */
@Component
public class AuditResource {

  private final PairingStore store;
  private final SenderParser senders;

  @Inject
  public AuditResource(PairingStore store, SenderParser senders) {
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
    if (raw == null || accounts.channel() == null) {
      return audit(new AuditFilter(accounts, raw, since), page);
    }
    boolean everywhere = accounts.accountId() == null;
    ChannelAccount account = ChannelAccount.of(accounts.channel(), accounts.accountId());
    Parsed parsed;
    try {
      parsed = senders.parse(account, raw, everywhere);
    } catch (InvalidValueException e) {
      // The console links to ids that look like channel:account:id.
      JsonObject exact = audit(new AuditFilter(accounts, raw.strip(), since), page);
      if (exact.getJsonArray("audit").isEmpty()) {
        throw e;
      }
      return exact;
    }
    AccountFilter meant =
        parsed.named()
            ? new AccountFilter(accounts.channel(), parsed.account().accountId())
            : accounts;
    if (parsed.verdict().canonical() != null) {
      return audit(new AuditFilter(meant, parsed.sender().senderId(), since), page);
    }
    // Earlier releases, and Nexo, stored ids that the adapter rejects.
    JsonObject asGiven = audit(new AuditFilter(accounts, parsed.given(), since), page);
    if (asGiven.getJsonArray("audit").isEmpty()) {
      parsed.sender();
    }
    return asGiven;
  }

  private JsonObject audit(AuditFilter filter, PageRequest page) {
    return OperatorJson.page("audit", store.audit(filter, page), OperatorJson::audit);
  }
}
