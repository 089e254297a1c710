package dev.nexo.pairing.notice;

import dev.nexo.pairing.json.ClaimedName;
import dev.nexo.pairing.notice.Notice.Request;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.HeldReader;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds the beginning of held messages to notices when they are sent. The outbox must not contain
 * it, because held messages are encrypted in the database. Thread-safe.
 */
@Component
public class FirstWords {

  private final HeldReader held;

  @Inject
  FirstWords(HeldReader held) {
    this.held = held;
  }

  /**
   * Returns these requests with the beginning of their first held message, if they have no text.
   * One whose messages are gone, or cannot be decrypted here, stays as it is.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not answer
   */
  public List<Request> added(List<Request> requests) {
    List<String> without =
        requests.stream()
            .filter(request -> request.text().isEmpty())
            .map(Request::requestId)
            .toList();
    if (without.isEmpty()) {
      return requests;
    }
    Map<String, String> texts = held.firstTexts(without);
    return requests.stream()
        .map(
            request ->
                request.text().isPresent()
                    ? request
                    : request.withText(line(texts.get(request.requestId()))))
        .toList();
  }

  /**
   * Returns the beginning of the first held message of a request; empty if there is none.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not answer
   */
  public Optional<String> of(String requestId) {
    return line(held.firstTexts(List.of(requestId)).get(requestId));
  }

  /** Returns the beginning of a text as one line; empty if there is none. */
  static Optional<String> line(String text) {
    return Optional.ofNullable(text)
        .map(first -> ClaimedName.line(first, Request.MAX_TEXT))
        .filter(line -> !line.isEmpty());
  }
}
