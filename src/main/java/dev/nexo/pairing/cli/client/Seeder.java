package dev.nexo.pairing.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;

/**
 * Puts any number of senders into allow-from, in pieces of up to {@value #PIECE} lines: what the
 * listener hears of is durable, and a server that goes away costs no more than the piece on its
 * way. Seeding is idempotent, so that all of it may be sent again. For one thread.
 */
public final class Seeder {

  /** How many lines go with one request at most. */
  public static final int PIECE = 5_000;

  /** How many bytes, roughly. */
  private static final int PIECE_BYTES = 1024 * 1024;

  /** Hears how it goes on. */
  public interface Listener {

    /** A sender could not be taken. The server names {@value SeedReport#MAX_NAMED} of a request. */
    void rejected(SeedReport.Rejected one);

    /**
     * A piece is in.
     *
     * @param sent how many were sent up to now, those that were rejected included
     */
    void progress(long sent);
  }

  /**
   * What came of it.
   *
   * @param seeded how many are in allow-from for it, those that were there already included
   * @param rejected how many could not be taken
   */
  public record Result(long seeded, long rejected) {}

  private final Api api;
  private final Query query;
  private final Listener listener;
  private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
  private int lines;
  private long sent;
  private long seeded;
  private long rejected;

  /** Seeds that account of that channel. */
  public Seeder(Api api, String channel, String accountId, Listener listener) {
    this.api = api;
    this.listener = listener;
    query = Query.of("/allow-from/seed").with("channel", channel).with("account_id", accountId);
  }

  /**
   * Sends all of them, and nothing where there are none.
   *
   * @throws CommandException where the server refuses a piece or goes away; those before it are in
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
    return new Result(seeded, rejected);
  }

  private void add(SeedEntry sender) {
    JsonObjectBuilder line = Json.object().add("sender_id", sender.senderId());
    Json.add(line, "note", sender.note());
    piece.writeBytes((line.build() + "\n").getBytes(UTF_8));
    lines++;
  }

  private void send() {
    JsonObject answer = api.postLines(query, piece.toByteArray());
    seeded += number(answer, "seeded");
    rejected += number(answer, "rejected_count");
    JsonArray named = Json.array(answer, "rejected");
    for (JsonValue one : named) {
      JsonObject row = one.asJsonObject();
      listener.rejected(
          new SeedReport.Rejected(Json.text(row, "sender_id"), Json.text(row, "reason")));
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
