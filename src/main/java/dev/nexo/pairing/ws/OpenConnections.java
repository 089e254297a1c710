package dev.nexo.pairing.ws;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The connections that stay open after the handshake, by session. A connection is closed when its
 * session ends: at once if this server ended the session, within {@value #POLL_SECONDS} s if
 * another server on the same database did. A ping every {@value #PING_SECONDS} s detects peers that
 * are gone. Thread-safe.
 */
@Component
class OpenConnections {

  /** How many open connections a session may have. One more closes the oldest. */
  static final int PER_SESSION = 4;

  private static final int POLL_SECONDS = 1;
  private static final int PING_SECONDS = 30;

  private final PairingSessionStore sessions;
  private final Clock clock;
  private final ScheduledExecutorService background;
  private final Map<String, Deque<Connection>> bySession = new HashMap<>();
  private List<ScheduledFuture<?>> schedules = List.of();

  @Inject
  OpenConnections(PairingSessionStore sessions, Clock clock, ScheduledExecutorService background) {
    this.sessions = sessions;
    this.clock = clock;
    this.background = background;
  }

  /** Adds a connection, and closes the oldest of its session if there are too many. */
  void add(Connection connection) {
    Connection oldest = null;
    synchronized (this) {
      Deque<Connection> connections =
          bySession.computeIfAbsent(connection.sessionId(), id -> new ArrayDeque<>());
      if (connections.size() >= PER_SESSION) {
        oldest = connections.removeFirst();
      }
      connections.addLast(connection);
      if (schedules.isEmpty()) {
        schedules = List.of(every(POLL_SECONDS, this::poll), every(PING_SECONDS, this::ping));
      }
    }
    if (oldest != null) {
      oldest.end(CloseFrame.REPLACED);
    }
  }

  /** Removes a connection that has ended. Does nothing if it is not present. */
  synchronized void remove(Connection connection) {
    bySession.computeIfPresent(
        connection.sessionId(),
        (id, connections) -> without(connections, connection).isEmpty() ? null : connections);
    if (bySession.isEmpty()) {
      cancelSchedules();
    }
  }

  void ended(@Observes PairingEvent.SessionEnded event) {
    CloseFrame closing = closing(event.reason());
    of(event.sessionId()).forEach(connection -> connection.end(closing));
  }

  /** Closes the connections whose sessions expired or were ended by another server. */
  void poll() {
    try {
      // Needs no database: connections of expired sessions are closed even if it is down.
      all().stream()
          .filter(this::isExpired)
          .forEach(connection -> connection.end(CloseFrame.EXPIRED));
      Set<String> ids = ids();
      Set<String> live = ids.isEmpty() ? Set.of() : sessions.liveAmong(ids);
      ids.stream().filter(id -> !live.contains(id)).forEach(this::endMissing);
    } catch (RuntimeException e) {
      // The next poll is in a second. A schedule whose task throws does not run again.
    }
  }

  /** Pings every connection. */
  void ping() {
    all().forEach(Connection::ping);
  }

  /** Closes every connection, because the server is stopping. */
  @PreDestroy
  void stop() {
    synchronized (this) {
      cancelSchedules();
    }
    all().forEach(Connection::stop);
  }

  private void endMissing(String sessionId) {
    for (Connection connection : of(sessionId)) {
      connection.end(isExpired(connection) ? CloseFrame.EXPIRED : CloseFrame.REVOKED);
    }
  }

  private boolean isExpired(Connection connection) {
    return !clock.instant().isBefore(connection.expiresAt());
  }

  private static CloseFrame closing(SessionEnd reason) {
    return switch (reason) {
      case REVOKED -> CloseFrame.REVOKED;
      case SIGNED_OUT -> CloseFrame.SIGNED_OUT;
      case EXPIRED -> CloseFrame.EXPIRED;
    };
  }

  private synchronized Set<String> ids() {
    return Set.copyOf(bySession.keySet());
  }

  private synchronized List<Connection> of(String sessionId) {
    return List.copyOf(bySession.getOrDefault(sessionId, new ArrayDeque<>()));
  }

  private synchronized List<Connection> all() {
    List<Connection> connections = new ArrayList<>();
    bySession.values().forEach(connections::addAll);
    return connections;
  }

  private static Deque<Connection> without(Deque<Connection> connections, Connection connection) {
    connections.remove(connection);
    return connections;
  }

  private ScheduledFuture<?> every(int seconds, Runnable schedule) {
    return background.scheduleWithFixedDelay(schedule, seconds, seconds, TimeUnit.SECONDS);
  }

  private void cancelSchedules() {
    schedules.forEach(schedule -> schedule.cancel(false));
    schedules = List.of();
  }

  /** A connection that stays open after the handshake. Thread-safe. Only {@link #stop} blocks. */
  interface Connection {

    /** Returns the id of the session. */
    String sessionId();

    /** Returns when the session expires. */
    Instant expiresAt();

    /** Closes the connection soon. */
    void end(CloseFrame closing);

    /** Sends a ping, or closes the connection if the last ping has not been answered. */
    void ping();

    /** Closes the connection before this method returns, while the server still has threads. */
    void stop();
  }
}
