package dev.nexo.pairing.ws;

import dev.nexo.pairing.AttemptLimiter;
import dev.nexo.pairing.PairingSessionStore;
import dev.nexo.pairing.config.Component;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledExecutorService;

/** Begins a conversation with everybody who comes. Thread-safe. */
@Component
class Reception {

  private final PairingSessionStore sessions;
  private final AttemptLimiter limiter;
  private final WaitingRoom waiting;
  private final KeptSockets kept;
  private final ScheduledExecutorService background;

  @Inject
  Reception(
      PairingSessionStore sessions,
      AttemptLimiter limiter,
      WaitingRoom waiting,
      KeptSockets kept,
      ScheduledExecutorService background) {
    this.sessions = sessions;
    this.limiter = limiter;
    this.waiting = waiting;
    this.kept = kept;
    this.background = background;
  }

  /** A conversation that has not been opened yet. */
  Conversation welcome(Arrival arrival) {
    Handshake handshake = new Handshake(sessions, limiter, arrival.address(), arrival.keep());
    return new Conversation(arrival, handshake, waiting, kept, background);
  }
}
