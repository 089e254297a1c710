package dev.nexo.pairing.notice;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.json.ClaimedName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What operators are told at once: one new request, or the requests of the last minute or of the
 * quiet hours. Never contains a code.
 *
 * @param id the request's id if there is one request, otherwise an id of its own
 * @param requests the pending requests, oldest first, 1–{@value #MAX}
 */
public record Notice(String id, List<Request> requests) {

  /** The maximum number of requests. If there are more, they are told a minute later. */
  public static final int MAX = 100;

  /** Copies the list. */
  public Notice {
    requests = List.copyOf(requests);
  }

  /** Returns whether this is about more than one request. */
  public boolean isDigest() {
    return requests.size() > 1;
  }

  /**
   * A pending request.
   *
   * @param requestId its id
   * @param number its number, by which operators name it
   * @param sender who wrote
   * @param claimedName the name that the sender claims, one line of at most {@value
   *     ClaimedName#MAX} characters
   * @param text the beginning of the first message, one line of at most {@value #MAX_TEXT}
   *     characters; empty if it had no text, and before the notice is sent if the message is held
   * @param createdAt when the sender first wrote
   * @param expiresAt when the request expires
   */
  public record Request(
      String requestId,
      long number,
      SenderKey sender,
      Optional<String> claimedName,
      Optional<String> text,
      Instant createdAt,
      Instant expiresAt) {

    /** The maximum length of the text, in characters. */
    public static final int MAX_TEXT = 200;

    /** Returns this request with another text. */
    public Request withText(Optional<String> other) {
      return new Request(requestId, number, sender, claimedName, other, createdAt, expiresAt);
    }
  }
}
