package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.SeedEntry;
import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Iterates over the results for any number of senders, and sends each request only when its results
 * are needed, so that memory use is constant. For one thread, and for one pass.
 */
final class ChunkedRows implements Iterator<JsonObject> {

  private final Iterator<SeedEntry> senders;
  private final Function<Iterator<SeedEntry>, List<JsonObject>> request;
  private Iterator<JsonObject> rows = Collections.emptyIterator();

  /**
   * Creates the iterator.
   *
   * @param request takes at least one sender, and returns the results of the senders that it took
   */
  ChunkedRows(
      Iterator<SeedEntry> senders, Function<Iterator<SeedEntry>, List<JsonObject>> request) {
    this.senders = senders;
    this.request = request;
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext() && senders.hasNext()) {
      rows = request.apply(senders).iterator();
    }
    return rows.hasNext();
  }

  @Override
  public JsonObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }
}
