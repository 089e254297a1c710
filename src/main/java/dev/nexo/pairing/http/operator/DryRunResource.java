package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;

/** {@code POST /allow-from/dry-run}: who would be challenged if the policy were on. */
@Path("/allow-from/dry-run")
@Component
public class DryRunResource {

  private final PairingGate gate;

  /** Asks that gate. */
  @Inject
  public DryRunResource(PairingGate gate) {
    this.gate = gate;
  }

  /** Sorts senders into three lists; changes nothing. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject dryRun(@Context HttpServletRequest request) throws IOException {
    JsonFields fields = JsonBody.read(request);
    ChannelAccount account = fields.account();
    List<String> senderIds = fields.requiredTexts("sender_ids", PairingStore.MAX_SEED);
    fields.end();
    DryRun result = gate.dryRun(account, senderIds);
    return StrictJson.object()
        .add("admit", OperatorJson.texts(result.admit()))
        .add("challenge", OperatorJson.texts(result.challenge()))
        .add("rejected", OperatorJson.texts(result.rejected()))
        .build();
  }
}
