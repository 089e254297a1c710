package dev.nexo.pairing.ws;

import com.github.benmanes.caffeine.cache.Ticker;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The connections that stay open after the handshake, by session. Thread-safe.
 *
 * <p>A connection is closed when its session ends: at once if this server ended the session, within
 * 2 s if another server on the same database did, as {@link SessionConfirmation} finds out. If a
 * session could not be confirmed for {@value SessionConfirmation#VALID_SECONDS} s, its connections
 * are closed, too, because another server may have revoked it. Example: the database stops
 * answering at 12:00:00, right after a poll. At 12:00:06 at the latest, all connections are closed.
 *
 * <p>A ping every {@value #PING_SECONDS} s detects peers that are gone.
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
  private final SessionConfirmation confirmation;
  private final Map<String, Deque<Connection>> bySession = new HashMap<>();
  private List<ScheduledFuture<?>> schedules = List.of();

  @Inject
  OpenConnections(
      PairingSessionStore sessions,
      Clock clock,
      Ticker ticker,
      ScheduledExecutorService background) {
    this.sessions = sessions;
    this.clock = clock;
    this.background = background;
    this.confirmation = new SessionConfirmation(ticker);
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
      confirmation.add(connection.sessionId(), connection.expiresAt());
      if (schedules.isEmpty()) {
        // Three tasks, because only the first may wait for reads, and only the second for changes.
        schedules =
            List.of(
                every(POLL_SECONDS, this::poll),
                every(POLL_SECONDS, this::recordUse),
                every(POLL_SECONDS, this::closeOverdue),
                every(PING_SECONDS, this::ping));
      }
    }
    if (oldest != null) {
      oldest.end(CloseFrame.REPLACED);
    }
  }

  /** Removes a connection that has ended. Does nothing if it is not present. */
  synchronized void remove(Connection connection) {
    Deque<Connection> connections = bySession.get(connection.sessionId());
    if (connections == null) {
      return;
    }
    connections.remove(connection);
    if (connections.isEmpty()) {
      bySession.remove(connection.sessionId());
      confirmation.remove(connection.sessionId());
    }
    if (bySession.isEmpty()) {
      cancelSchedules();
    }
  }

  void ended(@Observes PairingEvent.SessionEnded event) {
    CloseFrame closing = closing(event.reason());
    of(event.sessionId()).forEach(connection -> connection.end(closing));
  }

  /** Closes the connections whose sessions were ended by another server. */
  void poll() {
    try {
      for (String missing : confirmation.confirm(sessions)) {
        CloseFrame closing = isExpired(missing) ? CloseFrame.EXPIRED : CloseFrame.REVOKED;
        of(missing).forEach(connection -> connection.end(closing));
      }
    } catch (RuntimeException e) {
      // The next poll is in a second. A schedule whose task throws does not run again.
    }
  }

  /** Records the use of the sessions that the last polls confirmed. */
  void recordUse() {
    try {
      sessions.recordUse(confirmation.takeUsed());
    } catch (RuntimeException e) {
      // As in poll.
    }
  }

  /**
   * Closes the connections whose sessions expired, could not be confirmed or got a new token. Needs
   * no database, so that it works while the database is down.
   */
  void closeOverdue() {
    for (String sessionId : ids()) {
      overdue(sessionId).forEach(Connection::end);
    }
  }

  /** Compares state and connections together, so that a newer connection meets no older state. */
  private synchronized Map<Connection, CloseFrame> overdue(String sessionId) {
    Map<Connection, CloseFrame> overdue = new LinkedHashMap<>();
    Optional<String> current = confirmation.tokenSha256(sessionId);
    boolean expired = isExpired(sessionId);
    boolean confirmed = confirmation.isConfirmed(sessionId);
    for (Connection connection : of(sessionId)) {
      if (expired) {
        overdue.put(connection, CloseFrame.EXPIRED);
      } else if (!confirmed) {
        overdue.put(connection, CloseFrame.UNCONFIRMED);
      } else if (isReplaced(connection.tokenSha256(), current)) {
        overdue.put(connection, CloseFrame.TOKEN_REPLACED);
      }
    }
    return overdue;
  }

  /** Returns whether a connection was opened with a session token that was replaced since. */
  private static boolean isReplaced(Optional<String> openedWith, Optional<String> current) {
    return openedWith.isPresent() && current.isPresent() && !openedWith.equals(current);
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

  private boolean isExpired(String sessionId) {
    return confirmation
        .expiresAt(sessionId)
        .filter(end -> !clock.instant().isBefore(end))
        .isPresent();
  }

  private static CloseFrame closing(SessionEnd reason) {
    return switch (reason) {
      case REVOKED -> CloseFrame.REVOKED;
      case SIGNED_OUT -> CloseFrame.SIGNED_OUT;
      case EXPIRED -> CloseFrame.EXPIRED;
    };
  }

  private synchronized List<String> ids() {
    return List.copyOf(bySession.keySet());
  }

  private synchronized List<Connection> of(String sessionId) {
    return List.copyOf(bySession.getOrDefault(sessionId, new ArrayDeque<>()));
  }

  private synchronized List<Connection> all() {
    List<Connection> connections = new ArrayList<>();
    bySession.values().forEach(connections::addAll);
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

    /** Returns when the session was to expire when the connection was opened. */
    Instant expiresAt();

    /** Returns the hash of the session token with which it was opened; empty for another token. */
    Optional<String> tokenSha256();

    /** Closes the connection soon. */
    void end(CloseFrame closing);

    /** Sends a ping, or closes the connection if the last ping has not been answered. */
    void ping();

    /** Closes the connection before this method returns, while the server still has threads. */
    void stop();
  }
}
