package dev.nexo.pairing.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;

/**
 * Admits any number of senders, in requests of up to {@value #PIECE} lines. What the listener
 * receives is stored; if the connection fails, only the current request is lost. Seeding is
 * idempotent, so everything may be sent again. For one thread.
 */
public final class Seeder {

  /** The maximum number of lines in one request. */
  public static final int PIECE = 5_000;

  /** The approximate maximum size of a request, in bytes. */
  private static final int PIECE_BYTES = 1024 * 1024;

  /** Receives the progress. */
  public interface Listener {

    /**
     * Reports a rejected sender. The server names at most {@value SeedReport#MAX_NAMED} in one
     * response.
     */
    void rejected(SeedReport.Rejected one);

    /**
     * Reports a warning, which {@link Json#warning} formats; the same one may be reported for
     * several requests.
     */
    default void warning(JsonObject warning) {}

    /**
     * Reports that a request is done.
     *
     * @param sent the number of senders sent so far, including rejected ones
     */
    default void progress(long sent) {}
  }

  /**
   * The totals of all requests.
   *
   * @param seeded the number of senders who are admitted now, including those who were before
   * @param rejected the number of senders whom the server rejected
   * @param named the number of rejected senders whom the server named
   */
  public record Result(long seeded, long rejected, long named) {}

  private final Api api;
  private final Query query;
  private final Listener listener;
  private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
  private int lines;
  private long sent;
  private long seeded;
  private long rejected;
  private long named;

  /** Creates a seeder for one account of one channel. */
  public Seeder(Api api, String channel, String accountId, Listener listener) {
    this.api = api;
    this.listener = listener;
    query = Query.of("/allow-from/seed").with("channel", channel).with("account_id", accountId);
  }

  /**
   * Sends all senders; sends nothing if there are none.
   *
   * @throws CommandException if the server refuses a request or cannot be reached; earlier requests
   *     are done
   */
  public Result seed(Iterator<SeedEntry> senders) {
    while (senders.hasNext()) {
      add(senders.next());
      if (lines == PIECE || piece.size() >= PIECE_BYTES) {
        send();
      }
    }
    if (lines > 0) {
      send();
    }
    return new Result(seeded, rejected, named);
  }

  private void add(SeedEntry sender) {
    JsonObjectBuilder line = Json.object().add("sender_id", sender.senderId());
    Json.add(line, "note", sender.note());
    // Defaults are left out, because an older server does not know the fields.
    if (sender.role() != Role.MEMBER) {
      line.add("role", sender.role().wireName());
    }
    if (!sender.labels().isEmpty()) {
      line.add("labels", Json.PROVIDER.createArrayBuilder(sender.labels()));
    }
    if (sender.idle() != null) {
      line.add("idle_secs", sender.idle().toSeconds());
    }
    if (sender.membersOnly()) {
      line.add("members", "approved");
    }
    piece.writeBytes((line.build() + "\n").getBytes(UTF_8));
    lines++;
  }

  private void send() {
    JsonObject answer = api.postLines(query, piece.toByteArray(), "seeded");
    seeded += number(answer, "seeded");
    rejected += number(answer, "rejected_count");
    for (JsonObject row : Json.array(answer, "rejected").getValuesAs(JsonObject.class)) {
      named++;
      listener.rejected(
          new SeedReport.Rejected(Json.text(row, "sender_id"), Json.text(row, "reason")));
    }
    for (JsonObject row : Json.array(answer, "warnings").getValuesAs(JsonObject.class)) {
      listener.warning(row);
    }
    sent += lines;
    lines = 0;
    piece.reset();
    listener.progress(sent);
  }

  private static long number(JsonObject answer, String name) {
    return answer.get(name) instanceof JsonNumber number ? number.longValue() : 0;
  }
}
