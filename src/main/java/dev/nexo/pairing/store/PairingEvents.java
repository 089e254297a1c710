package dev.nexo.pairing.store;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells what has been committed. An observer's fault is its own. Thread-safe. */
@Component
public class PairingEvents {

  private static final Logger LOG = System.getLogger(PairingEvents.class.getName());

  private final Event<PairingEvent> events;

  @Inject
  PairingEvents(Event<PairingEvent> events) {
    this.events = events;
  }

  /** Tells this server's rooms; call it after the commit. */
  public void fire(PairingEvent notice) {
    try {
      events.fire(notice);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "An observer of " + notice.getClass().getSimpleName() + " failed; the change stands",
          e);
    }
  }

  void expired(int count) {
    if (count > 0) {
      fire(new PairingEvent.CodesExpired(count));
    }
  }
}
