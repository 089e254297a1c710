package dev.nexo.pairing.http.operator;

import java.time.Instant;
import java.util.Optional;

/** Somebody who listens, and how far in the audit trail they have heard. For one thread. */
final class EventListener {

  private final EventWire wire;
  private final Instant since;
  private long position;

  /**
   * Somebody new.
   *
   * @param since when they came
   * @param position the id of the line after which they hear of everything
   */
  EventListener(EventWire wire, Instant since, long position) {
    this.wire = wire;
    this.since = since;
    this.position = position;
  }

  Instant since() {
    return since;
  }

  /** The id of the last line they have heard of, or had no need to. */
  long position() {
    return position;
  }

  /** Passes a line on, unless they were past it when they came. */
  void tell(long id, Optional<String> frame) {
    if (id > position) {
      position = id;
      frame.ifPresent(wire::send);
    }
  }

  /**
   * Sends a comment, by which a dead connection is found out, and the position, from which a client
   * that is cut off now goes on: what is no event is then not read again.
   */
  void beat() {
    wire.send(":\nid: " + position + "\n\n");
  }

  void end() {
    wire.end();
  }
}
