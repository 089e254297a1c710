package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All rows of a list, fetched page by page as they are used, so that memory stays flat however many
 * there are. For one thread; goes through once.
 */
public final class PagedRows implements Iterator<JsonObject> {

  /** The largest page the server gives. */
  public static final int MAX_PAGE = 1000;

  private final Function<String, JsonObject> fetch;
  private final String list;
  private Iterator<JsonValue> rows;
  private String cursor;

  private PagedRows(Function<String, JsonObject> fetch, String list) {
    this.fetch = fetch;
    this.list = list;
    turn();
  }

  /**
   * All rows, in pages as large as the server gives them; see {@link #of(Api, Supplier, String,
   * int)}.
   */
  public static Iterable<JsonObject> of(Api api, Supplier<Query> query, String list) {
    return of(api, query, list, MAX_PAGE);
  }

  /**
   * Fetches the first page at once, the others when they are needed.
   *
   * @param api where from
   * @param query makes the query for a page without its limit and cursor, anew for each
   * @param list the name of the list in the answer
   * @param page how many rows a page has at most, 1 to 1000
   * @throws CommandException where the first page cannot be had; later ones throw when it is their
   *     turn
   */
  public static Iterable<JsonObject> of(Api api, Supplier<Query> query, String list, int page) {
    PagedRows pages =
        new PagedRows(
            cursor -> api.get(query.get().with("limit", page).with("cursor", cursor)), list);
    return () -> pages;
  }

  private void turn() {
    JsonObject page = fetch.apply(cursor);
    JsonArray array = Json.array(page, list);
    String next = Json.text(page, "next");
    // A cursor that leads back to itself would never end.
    cursor = next == null || next.equals(cursor) || array.isEmpty() ? null : next;
    rows = array.iterator();
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext() && cursor != null) {
      turn();
    }
    return rows.hasNext();
  }

  @Override
  public JsonObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next().asJsonObject();
  }
}
