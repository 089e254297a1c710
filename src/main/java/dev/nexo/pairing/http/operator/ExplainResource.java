package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.http.JsonFields;
import dev.nexo.pairing.http.QueryFields;
import dev.nexo.pairing.http.StrictJson;
import jakarta.inject.Inject;
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
import java.io.IOException;
import java.util.List;

/** Questions to the gate that change nothing: why, and what if. */
@Path("/")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {

  private final PairingGate gate;

  /** Asks that gate. */
  @Inject
  public ExplainResource(PairingGate gate) {
    this.gate = gate;
  }

  /** {@code GET /explain}: what the gate would say to the sender's next message, and why. */
  @GET
  @Path("/explain")
  public JsonObject explain(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    ChannelAccount account = query.account();
    String senderId = query.requiredText("sender_id");
    query.end();
    Explanation why = gate.explain(account.channel(), account.accountId(), senderId);
    JsonObjectBuilder json = StrictJson.object();
    Shapes.add(json, "sender_id", why.senderId());
    Shapes.add(json, "decision", why.decision());
    Shapes.add(json, "reason", why.reason());
    Shapes.add(json, "since", why.since());
    if (why.pending() != null) {
      json.add("row", Shapes.pending(why.pending()));
    } else if (why.allowed() != null) {
      json.add("row", Shapes.allowed(why.allowed()));
    }
    return json.build();
  }

  /** {@code POST /allow-from/dry-run}: who would be challenged if the policy were on. */
  @POST
  @Path("/allow-from/dry-run")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject dryRun(@Context HttpServletRequest request) throws IOException {
    JsonFields fields = JsonFields.body(request);
    ChannelAccount account = fields.account();
    List<String> senderIds = fields.requiredTexts("sender_ids", PairingStore.MAX_SEED);
    fields.end();
    DryRun result = gate.dryRun(account, senderIds);
    return StrictJson.object()
        .add("admit", Shapes.texts(result.admit()))
        .add("challenge", Shapes.texts(result.challenge()))
        .add("rejected", Shapes.texts(result.rejected()))
        .build();
  }
}
