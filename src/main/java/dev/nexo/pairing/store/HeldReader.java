package dev.nexo.pairing.store;

import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decrypts held messages, and the texts of the requests whose first message is held: their row
 * contains no text. Thread-safe.
 */
@Component
public class HeldReader {

  /** The maximum number of requests that one statement reads. */
  private static final int CHUNK = 50;

  /**
   * The first message of a request has the number 1, or 0 if it is too large. Messages of denied
   * requests, which are stored until the denial can no longer be undone, are not read.
   */
  private static final String FIRST =
      "SELECT request_id, seq, received_at, route, key_fingerprint, sealed FROM pairing_held"
          + " WHERE seq <= 1 AND request_id IN ("
          + String.join(",", Collections.nCopies(CHUNK, "?"))
          + ") AND (approved_at IS NOT NULL OR EXISTS"
          + " (SELECT 1 FROM pairing_pending p WHERE p.request_id = pairing_held.request_id))";

  private final Database database;
  private final MessageSealer sealer;

  @Inject
  HeldReader(Database database, MessageSealer sealer) {
    this.database = database;
    this.sealer = sealer;
  }

  /** Returns the content of a row; empty if this server does not have its key. */
  public Optional<HeldContent> open(HeldRow row) {
    return sealer.open(row.place(), row.sealed()).map(HeldContent::decode);
  }

  /** Returns a message for display, readable or not. */
  public HeldMessage message(HeldRow row) {
    return open(row)
        .map(
            content ->
                new HeldMessage(
                    row.id(), row.receivedAt(), content.text(), content.metaJson(), true))
        .orElseGet(() -> new HeldMessage(row.id(), row.receivedAt(), null, "{}", false));
  }

  /** Returns these requests with the texts of their held messages. */
  List<PendingRequest> revealed(List<PendingRequest> requests) {
    List<String> without =
        requests.stream()
            .filter(request -> request.text() == null)
            .map(PendingRequest::requestId)
            .toList();
    if (without.isEmpty()) {
      return requests;
    }
    Map<String, String> texts = firstTexts(without);
    return requests.stream()
        .map(request -> request.withText(texts.get(request.requestId())))
        .toList();
  }

  /**
   * Returns the texts of the first held messages by the ids of their requests. Requests without
   * held messages are left out, and so are those whose key this server does not have.
   */
  public Map<String, String> firstTexts(List<String> requestIds) {
    Map<String, String> texts = new HashMap<>();
    for (int start = 0; start < requestIds.size(); start += CHUNK) {
      List<Object> ids =
          new ArrayList<>(requestIds.subList(start, Math.min(start + CHUNK, requestIds.size())));
      ids.addAll(Collections.nCopies(CHUNK - ids.size(), null));
      database
          .query(statements -> statements.list(FIRST, HeldStatements::row, ids.toArray()))
          .stream()
          .sorted(Comparator.comparing(HeldRow::receivedAt).thenComparing(HeldRow::seq))
          .forEach(
              row ->
                  open(row)
                      .map(HeldContent::text)
                      .ifPresent(text -> texts.putIfAbsent(row.requestId(), text)));
    }
    return texts;
  }
}
