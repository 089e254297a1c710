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
 * The connections that stay open after the handshake, by session. They end with their session: at
 * once where this server ended it, within a second where another server of the same database did.
 * Pings every {@value #PING_SECONDS} s find out who has gone without a word. Thread-safe.
 */
@Component
class OpenConnections {

  /** How many connections a session may keep; the oldest one gives way. */
  static final int PER_SESSION = 4;

  private static final int LOOK_SECONDS = 1;
  private static final int PING_SECONDS = 30;

  private final PairingSessionStore sessions;
  private final Clock clock;
  private final ScheduledExecutorService background;
  private final Map<String, Deque<Connection>> kept = new HashMap<>();
  private List<ScheduledFuture<?>> rounds = List.of();

  @Inject
  OpenConnections(PairingSessionStore sessions, Clock clock, ScheduledExecutorService background) {
    this.sessions = sessions;
    this.clock = clock;
    this.background = background;
  }

  /** Takes a connection in. */
  void add(Connection socket) {
    Connection oldest = null;
    synchronized (this) {
      Deque<Connection> sockets =
          kept.computeIfAbsent(socket.sessionId(), id -> new ArrayDeque<>());
      if (sockets.size() >= PER_SESSION) {
        oldest = sockets.removeFirst();
      }
      sockets.addLast(socket);
      if (rounds.isEmpty()) {
        rounds = List.of(every(LOOK_SECONDS, this::look), every(PING_SECONDS, this::ping));
      }
    }
    if (oldest != null) {
      oldest.end(CloseFrame.REPLACED);
    }
  }

  /** Forgets a connection that has ended; one that is not here does no harm. */
  synchronized void remove(Connection socket) {
    kept.computeIfPresent(
        socket.sessionId(), (id, sockets) -> without(sockets, socket).isEmpty() ? null : sockets);
    if (kept.isEmpty()) {
      cancelRounds();
    }
  }

  void ended(@Observes PairingEvent.SessionEnded notice) {
    CloseFrame closing = closing(notice.reason());
    of(notice.sessionId()).forEach(socket -> socket.end(closing));
  }

  /** Looks whether another server has ended a session. */
  void look() {
    try {
      // The clock alone tells this, also while the database is away.
      all().stream().filter(this::isExpired).forEach(socket -> socket.end(CloseFrame.EXPIRED));
      Set<String> ids = ids();
      Set<String> live = ids.isEmpty() ? Set.of() : sessions.liveAmong(ids);
      ids.stream().filter(id -> !live.contains(id)).forEach(this::gone);
    } catch (RuntimeException e) {
      // There is a next look in a second: a schedule that throws is never run again.
    }
  }

  /** Sends every connection a ping. */
  void ping() {
    all().forEach(Connection::ping);
  }

  /** The server stops. */
  @PreDestroy
  void stop() {
    synchronized (this) {
      cancelRounds();
    }
    all().forEach(Connection::stop);
  }

  private void gone(String sessionId) {
    for (Connection socket : of(sessionId)) {
      socket.end(isExpired(socket) ? CloseFrame.EXPIRED : CloseFrame.REVOKED);
    }
  }

  private boolean isExpired(Connection socket) {
    return !clock.instant().isBefore(socket.expiresAt());
  }

  private static CloseFrame closing(SessionEnd reason) {
    return switch (reason) {
      case REVOKED -> CloseFrame.REVOKED;
      case SIGNED_OUT -> CloseFrame.SIGNED_OUT;
      case EXPIRED -> CloseFrame.EXPIRED;
    };
  }

  private synchronized Set<String> ids() {
    return Set.copyOf(kept.keySet());
  }

  private synchronized List<Connection> of(String sessionId) {
    return List.copyOf(kept.getOrDefault(sessionId, new ArrayDeque<>()));
  }

  private synchronized List<Connection> all() {
    List<Connection> sockets = new ArrayList<>();
    kept.values().forEach(sockets::addAll);
    return sockets;
  }

  private static Deque<Connection> without(Deque<Connection> sockets, Connection socket) {
    sockets.remove(socket);
    return sockets;
  }

  private ScheduledFuture<?> every(int seconds, Runnable round) {
    return background.scheduleWithFixedDelay(round, seconds, seconds, TimeUnit.SECONDS);
  }

  private void cancelRounds() {
    rounds.forEach(round -> round.cancel(false));
    rounds = List.of();
  }

  /**
   * A connection that stays open after the handshake. Thread-safe; nothing here blocks but stop.
   */
  interface Connection {

    /** Whose it is. */
    String sessionId();

    /** When the session is over by itself. */
    Instant expiresAt();

    /** Ends it soon. */
    void end(CloseFrame closing);

    /** Sends a ping, or ends it where the last one has not been answered. */
    void ping();

    /** Ends it before this returns: soon there will be no threads left to do it. */
    void stop();
  }
}
