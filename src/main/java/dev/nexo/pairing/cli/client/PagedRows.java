package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Iterates over all rows of a list. Fetches the first page immediately and the others when they are
 * needed, so that memory use is constant. For one thread, and for one pass.
 */
public final class PagedRows implements Iterator<JsonObject> {

  /** The largest page of the server, in rows. */
  public static final int MAX_PAGE = 1000;

  private final Api api;
  private final Supplier<Query> query;
  private final String list;
  private final int page;
  private Iterator<JsonValue> rows;
  private String cursor;
  private long left = Long.MAX_VALUE;
  private BooleanSupplier ended = () -> false;

  /**
   * Fetches the first page.
   *
   * @param query creates a new query without limit and cursor for each page
   * @param list the name of the list in the response
   * @param page the rows of a page, 1 to {@value #MAX_PAGE}
   * @throws CommandException if the page cannot be fetched; the iterator's methods throw it for the
   *     other pages
   */
  public PagedRows(Api api, Supplier<Query> query, String list, int page) {
    this.api = api;
    this.query = query;
    this.list = list;
    this.page = page;
    fetch();
  }

  /** Fetches pages of {@value #MAX_PAGE} rows. */
  public PagedRows(Api api, Supplier<Query> query, String list) {
    this(api, query, list, MAX_PAGE);
  }

  /** Ends the list after a number of rows, without fetching further pages, and returns this. */
  public PagedRows limit(int rows) {
    left = rows;
    return this;
  }

  /** Ends the list at the end of a page if the condition is then true, and returns this. */
  public PagedRows endIf(BooleanSupplier condition) {
    ended = condition;
    return this;
  }

  private void fetch() {
    JsonObject answer = api.get(query.get().with("limit", page).with("cursor", cursor), list);
    JsonArray array = api.list(answer, list);
    String next = Json.text(answer, "next");
    // A repeated cursor would cause an endless loop.
    cursor = next == null || next.equals(cursor) || array.isEmpty() ? null : next;
    rows = array.iterator();
  }

  @Override
  public boolean hasNext() {
    while (left > 0 && !rows.hasNext() && cursor != null && !ended.getAsBoolean()) {
      fetch();
    }
    return left > 0 && rows.hasNext();
  }

  @Override
  public JsonObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    left--;
    return rows.next().asJsonObject();
  }
}
