package dev.nexo.pairing.ws;

import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledExecutorService;

/** Begins a conversation with everybody who comes. Thread-safe. */
@Component
class ConnectionFactory {

  private final PairingSessionStore sessions;
  private final AttemptLimiter limiter;
  private final HandshakeLimit waiting;
  private final ClosedConnectionLimit farewells;
  private final OpenConnections kept;
  private final ScheduledExecutorService background;

  @Inject
  ConnectionFactory(
      PairingSessionStore sessions,
      AttemptLimiter limiter,
      HandshakeLimit waiting,
      ClosedConnectionLimit farewells,
      OpenConnections kept,
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
  PairConnection welcome(UpgradeInfo arrival) {
    Handshake handshake = new Handshake(sessions, limiter, arrival.address(), arrival.keep());
    return new PairConnection(arrival, handshake, waiting, farewells, kept, background);
  }
}
