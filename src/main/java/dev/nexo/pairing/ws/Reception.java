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
  private final Farewells farewells;
  private final KeptSockets kept;
  private final ScheduledExecutorService background;

  @Inject
  Reception(
      PairingSessionStore sessions,
      AttemptLimiter limiter,
      WaitingRoom waiting,
      Farewells farewells,
      KeptSockets kept,
      ScheduledExecutorService background) {
    this.sessions = sessions;
    this.limiter = limiter;
    this.waiting = waiting;
    this.farewells = farewells;
    this.kept = kept;
    this.background = background;
  }

  /** Whether an address has to wait until some of its connections have gone. */
  boolean isCrowded(String address) {
    return farewells.tooMany(address);
  }

  /** A conversation that has not been opened yet. */
  Conversation welcome(Arrival arrival) {
    Handshake handshake = new Handshake(sessions, limiter, arrival.address(), arrival.keep());
    return new Conversation(arrival, handshake, waiting, farewells, kept, background);
  }
}
