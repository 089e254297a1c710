package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The call {@code GET /pairings}, which returns all rows in one response, as Nexo's CLI expects.
 * Rows are written while they are read, so that the memory does not depend on their number.
 * Thread-safe.
 */
@Path("/pairings")
@Component
public class PairingsResource {

  private final PairingStore store;

  @Inject
  public PairingsResource(PairingStore store) {
    this.store = store;
  }

  /** Returns both lists; {@code allow} is empty unless {@code all} is true. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public StreamingOutput list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    AccountFilter accounts = query.accounts();
    boolean all = query.flag("all");
    AllowFilter filter = new AllowFilter(accounts, null, query.flag("include_revoked"));
    query.end();
    // Read the first pages before the response starts, so that a database failure is a 503.
    Page<PendingRequest> pending = store.pending(accounts, rowsAfter(null));
    Page<AllowedSender> allow =
        all ? store.allowed(filter, rowsAfter(null)) : new Page<>(List.of(), null);
    return out -> {
      Writer writer = writer(out);
      writer.write("{\"pending\":[");
      writeAll(writer, pending, next -> store.pending(accounts, next), OperatorJson::pending);
      writer.write("],\"allow\":[");
      writeAll(writer, allow, next -> store.allowed(filter, next), OperatorJson::allowed);
      writer.write("]}");
      writer.flush();
    };
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  private static <T> void writeAll(
      Writer writer,
      Page<T> first,
      Function<PageRequest, Page<T>> pages,
      Function<T, JsonObject> shape)
      throws IOException {
    String separator = "";
    Page<T> page = first;
    while (true) {
      for (T row : page.items()) {
        writer.write(separator);
        writer.write(shape.apply(row).toString());
        separator = ",";
      }
      if (page.next() == null) {
        return;
      }
      StorageBudget.renew();
      page = pages.apply(rowsAfter(page.next()));
    }
  }

  private static PageRequest rowsAfter(String cursor) {
    return new PageRequest(PageRequest.MAX_LIMIT, cursor);
  }
}
