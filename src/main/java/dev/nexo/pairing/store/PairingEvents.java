package dev.nexo.pairing.store;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;

/**
 * Fires events of committed changes. A failing observer is logged and does not undo the change.
 * Thread-safe.
 */
@Component
public class PairingEvents {

  private static final Logger LOG = System.getLogger(PairingEvents.class.getName());

  private final Event<PairingEvent> events;

  @Inject
  PairingEvents(Event<PairingEvent> events) {
    this.events = events;
  }

  /** Fires an event to the observers on this server. The caller has committed the change. */
  public void fire(PairingEvent event) {
    try {
      events.fire(event);
    } catch (RuntimeException e) {
      LogMessage.OBSERVER_FAILED.log(LOG, e, event.getClass().getSimpleName());
    }
  }

  void expired(int count) {
    if (count > 0) {
      fire(new PairingEvent.CodesExpired(count));
    }
  }
}
