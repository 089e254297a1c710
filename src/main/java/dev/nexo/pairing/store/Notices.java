package dev.nexo.pairing.store;

import dev.nexo.pairing.PairingNotice;
import dev.nexo.pairing.config.Component;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells what has been committed. An observer's fault is its own. Thread-safe. */
@Component
public class Notices {

  private static final Logger LOG = System.getLogger(Notices.class.getName());

  private final Event<PairingNotice> events;

  @Inject
  Notices(Event<PairingNotice> events) {
    this.events = events;
  }

  /** Tells this server's rooms; call it after the commit. */
  public void fire(PairingNotice notice) {
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
      fire(new PairingNotice.CodesExpired(count));
    }
  }
}
