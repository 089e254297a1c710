package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.StorageUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Somebody who listens, and how far in the audit trail they have heard. For one thread. */
final class EventSubscriber {

  private final EventSink wire;
  private final Instant since;
  private final BooleanSupplier login;
  private long position;

  /**
   * Somebody new.
   *
   * @param since when they came
   * @param position the id of the line after which they hear of everything
   * @param login whether the login they came with still counts
   */
  EventSubscriber(EventSink wire, Instant since, long position, BooleanSupplier login) {
    this.wire = wire;
    this.since = since;
    this.position = position;
    this.login = login;
  }

  /** Whether they may go on listening; where the database cannot say, it has nothing to tell. */
  boolean isSignedIn() {
    try {
      return login.getAsBoolean();
    } catch (StorageUnavailableException e) {
      return true;
    }
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
