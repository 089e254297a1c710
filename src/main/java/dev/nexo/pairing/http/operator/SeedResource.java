package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;

/** {@code POST /allow-from/seed}: many senders at once, as one body or as a stream of lines. */
@Path("/allow-from/seed")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class SeedResource {

  private final PairingStore store;

  /** Seeds that store. */
  @Inject
  public SeedResource(PairingStore store) {
    this.store = store;
  }

  /** All of a list, in one transaction. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject seed(@Context HttpServletRequest request) throws IOException {
    JsonFields fields = JsonBody.read(request);
    ChannelAccount account = fields.account();
    List<String> senderIds = fields.requiredTexts("sender_ids", PairingStore.MAX_SEED);
    fields.end();
    List<SeedEntry> entries = senderIds.stream().map(id -> new SeedEntry(id, null)).toList();
    return OperatorJson.seeded(store.seed(account, entries, Caller.of(request).actor()));
  }

  /** Line by line, committed every {@value SeedStream#BATCH}, of any length. */
  @POST
  @Consumes("application/x-ndjson")
  public JsonObject stream(@Context HttpServletRequest request, @Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    ChannelAccount account = query.account();
    query.end();
    SeedStream stream = new SeedStream(store, account, Caller.of(request).actor());
    try {
      return OperatorJson.seeded(stream.read(request.getInputStream()));
    } catch (IOException e) {
      // The caller hung up, or sent chunks that are malformed: nothing that the log needs.
      throw new ProblemException(
          ProblemType.BAD_REQUEST,
          "The stream ended early, or its chunks are malformed. Whole thousands of lines before that"
              + " are seeded.");
    }
  }
}
