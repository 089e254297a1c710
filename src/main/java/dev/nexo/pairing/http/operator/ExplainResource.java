package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;

/** The call {@code GET /explain}: the decision on a sender's next message, with its reason. */
@Component
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {

  private final PairingGate gate;
  private final SenderParser senders;
  private final Clock clock;

  @Inject
  public ExplainResource(PairingGate gate, SenderParser senders, Clock clock) {
    this.gate = gate;
    this.senders = senders;
    this.clock = clock;
  }

  /** Explains the decision on one sender. */
  @GET
  public JsonObject explain(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    ChannelAccount account = query.account();
    String senderId = query.requiredText("sender_id");
    boolean exact = query.flag("exact");
    query.end();
    String id = exact ? senderId.strip() : senders.id(account, senderId);
    Explanation why = gate.explain(account.channel(), account.accountId(), id);
    JsonObjectBuilder json = StrictJson.object();
    OperatorJson.add(json, "sender_id", why.senderId());
    OperatorJson.add(json, "decision", why.decision().wireName());
    OperatorJson.add(json, "reason", why.reason());
    OperatorJson.add(json, "detail", senders.rejection(account.channel(), id));
    OperatorJson.add(json, "since", why.since());
    if (why.pending() != null) {
      json.add("row", OperatorJson.pending(why.pending()));
    } else if (why.allowed() != null) {
      AllowedSender.End ended = why.allowed().endedAt(clock.instant());
      if (ended != null) {
        json.add("ended", ended.wireName());
      }
      json.add("row", OperatorJson.allowed(why.allowed()));
    }
    addTwins(json, senders.admittedTwins(gate, account, why.senderId()));
    JsonArrayBuilder warnings = StrictJson.array();
    senders.warnings(account).forEach(warnings::add);
    senders.addWarnings(warnings, account, id);
    return OperatorJson.withWarnings(json, warnings.build());
  }

  /** Adds the admitted near twins of a sender, if there are any. */
  static void addTwins(JsonObjectBuilder json, List<String> twins) {
    if (!twins.isEmpty()) {
      json.add("near_twins", OperatorJson.texts(twins));
    }
  }
}
