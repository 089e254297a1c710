package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.DroppedSenders.Action;
import dev.nexo.pairing.DroppedSenders.Filter;
import dev.nexo.pairing.DroppedSenders.Result;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The calls at {@code /dropped}, for the senders whose messages were dropped. Thread-safe. */
@Component
@Produces(MediaType.APPLICATION_JSON)
public class DroppedResource {

  private final DroppedSenders dropped;

  @Inject
  public DroppedResource(DroppedSenders dropped) {
    this.dropped = dropped;
  }

  /** Handles {@code GET /dropped}: a page, the most recently dropped first. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    AccountFilter accounts = query.accounts();
    String name = query.text("reason");
    DropReason reason = name == null ? null : DropReason.find(name).orElse(null);
    if (name != null && reason == null) {
      query.violations().add("reason", "must be a reason for which messages are dropped");
    }
    PageRequest page = query.page();
    query.end();
    Filter filter = new Filter(accounts, reason);
    Page<DroppedSender> rows = dropped.page(filter, page);
    JsonObjectBuilder json = StrictJson.object();
    OperatorJson.page("dropped", rows, OperatorJson::dropped).forEach(json::add);
    return json.add("total", dropped.count(filter)).build();
  }

  /** Handles {@code POST /dropped/decide}: one decision about many senders. */
  @POST
  @Path("/decide")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject decide(@Context HttpServletRequest request) {
    JsonFields fields = JsonBody.read(request);
    Action action = action(fields);
    List<SenderKey> senders = senders(fields);
    fields.end();
    JsonArrayBuilder results = StrictJson.array();
    for (Result result : dropped.decide(action, senders, Caller.of(request).actor())) {
      results.add(OperatorJson.decided(result));
    }
    return StrictJson.object().add("results", results).build();
  }

  private static Action action(JsonFields fields) {
    String name = fields.requiredText("action");
    for (Action action : Action.values()) {
      if (action.name().toLowerCase(Locale.ROOT).equals(name)) {
        return action;
      }
    }
    if (name != null) {
      fields.violations().add("action", "must be approve, block or deny");
    }
    return null;
  }

  private static List<SenderKey> senders(JsonFields fields) {
    List<SenderKey> senders = new ArrayList<>();
    for (JsonFields sender : fields.requiredParts("senders", DroppedSenders.MAX_DECIDED)) {
      ChannelAccount account = sender.account();
      String raw = sender.requiredText("sender_id");
      String id = raw == null ? null : sender.violations().sender("sender_id", raw);
      if (account != null && id != null) {
        senders.add(SenderKey.of(account, id));
      }
    }
    return senders;
  }
}
