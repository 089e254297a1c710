package dev.nexo.pairing.testkit;

import dev.nexo.pairing.MessageContext.Hold;
import dev.nexo.pairing.MessageContext.Hold.Route;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.PendingRequest.HeldMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The held messages of requests, in memory. Callers must hold the lock of the rows. */
final class HeldRows {

  /** How long after the approval the messages that the approving caller delivers can be read. */
  private static final Duration KEPT = Duration.ofHours(24);

  private record Row(HeldMessage message, Route route) {}

  /** The messages of one request. */
  private static final class Held {
    private final List<Row> rows = new ArrayList<>();
    private boolean tooLarge;
    private Instant approvedAt;

    private List<HeldMessage> of(Route route) {
      return rows.stream().filter(row -> row.route() == route).map(Row::message).toList();
    }
  }

  private final Map<String, Held> byRequest = new HashMap<>();
  private final Consumer<PairingEvent> events;

  HeldRows(Consumer<PairingEvent> events) {
    this.events = events;
  }

  /** Holds a message, unless it is too large or the request has reached the message's limit. */
  void hold(PendingRequest request, Hold message, Instant now) {
    Held held = byRequest.computeIfAbsent(request.requestId(), id -> new Held());
    if (message.tooLarge()) {
      held.tooLarge = true;
    } else if (held.rows.size() < message.limit()) {
      String id = request.requestId() + "/" + (held.rows.size() + 1);
      HeldMessage row = new HeldMessage(id, now, message.text(), message.metaJson(), true);
      held.rows.add(new Row(row, message.route()));
    }
  }

  /** Returns the messages of a pending request. */
  HeldMessages of(PendingRequest request) {
    Held held = byRequest.getOrDefault(request.requestId(), new Held());
    List<HeldMessage> messages = held.rows.stream().map(Row::message).toList();
    return new HeldMessages(request.requestId(), messages, held.tooLarge);
  }

  /** Returns the messages of an approved request that its caller delivers. */
  Optional<HeldMessages> approved(String requestId, Instant now) {
    return Optional.ofNullable(byRequest.get(requestId))
        .filter(held -> held.approvedAt != null && held.approvedAt.plus(KEPT).isAfter(now))
        .map(held -> held.of(Route.CALLER))
        .filter(messages -> !messages.isEmpty())
        .map(messages -> new HeldMessages(requestId, messages, false));
  }

  /**
   * Releases the messages of an approved request.
   *
   * @return the messages that the approving caller delivers
   */
  List<HeldMessage> release(PendingRequest request, Instant now) {
    Held held = byRequest.get(request.requestId());
    if (held == null) {
      return List.of();
    }
    held.approvedAt = now;
    List<HeldMessage> forModules = held.of(Route.MODULE);
    if (!forModules.isEmpty()) {
      events.accept(
          new PairingEvent.HeldReleased(request.sender(), request.requestId(), forModules));
    }
    return held.of(Route.CALLER);
  }

  /** Deletes the messages of a request. */
  void purge(PendingRequest request) {
    byRequest.remove(request.requestId());
  }
}
