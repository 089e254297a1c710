package dev.nexo.pairing.ws;

import dev.nexo.pairing.PairingNotice;
import dev.nexo.pairing.PairingSessionStore;
import dev.nexo.pairing.SessionEnd;
import dev.nexo.pairing.config.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
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
class KeptSockets {

  /** How many connections a session may keep; the oldest one gives way. */
  static final int PER_SESSION = 4;

  private static final int LOOK_SECONDS = 1;
  private static final int PING_SECONDS = 30;

  private final PairingSessionStore sessions;
  private final Clock clock;
  private final ScheduledExecutorService background;
  private final Map<String, Deque<KeptSocket>> kept = new HashMap<>();
  private List<ScheduledFuture<?>> rounds = List.of();

  @Inject
  KeptSockets(PairingSessionStore sessions, Clock clock, ScheduledExecutorService background) {
    this.sessions = sessions;
    this.clock = clock;
    this.background = background;
  }

  /** Takes a connection in. */
  void add(KeptSocket socket) {
    KeptSocket oldest = null;
    synchronized (this) {
      Deque<KeptSocket> sockets =
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
      oldest.end(Closing.REPLACED);
    }
  }

  /** Forgets a connection that has ended; one that is not here does no harm. */
  synchronized void remove(KeptSocket socket) {
    kept.computeIfPresent(
        socket.sessionId(), (id, sockets) -> without(sockets, socket).isEmpty() ? null : sockets);
    if (kept.isEmpty()) {
      cancelRounds();
    }
  }

  void ended(@Observes PairingNotice.SessionEnded notice) {
    Closing closing = closing(notice.reason());
    of(notice.sessionId()).forEach(socket -> socket.end(closing));
  }

  /** Looks whether another server has ended a session. */
  void look() {
    try {
      // The clock alone tells this, also while the database is away.
      all().stream().filter(this::isExpired).forEach(socket -> socket.end(Closing.EXPIRED));
      Set<String> ids = ids();
      Set<String> live = ids.isEmpty() ? Set.of() : sessions.liveAmong(ids);
      ids.stream().filter(id -> !live.contains(id)).forEach(this::gone);
    } catch (RuntimeException e) {
      // There is a next look in a second: a schedule that throws is never run again.
    }
  }

  /** Sends every connection a ping. */
  void ping() {
    all().forEach(KeptSocket::ping);
  }

  /** The server stops. */
  @PreDestroy
  void stop() {
    synchronized (this) {
      cancelRounds();
    }
    all().forEach(KeptSocket::stop);
  }

  private void gone(String sessionId) {
    for (KeptSocket socket : of(sessionId)) {
      socket.end(isExpired(socket) ? Closing.EXPIRED : Closing.REVOKED);
    }
  }

  private boolean isExpired(KeptSocket socket) {
    return !clock.instant().isBefore(socket.expiresAt());
  }

  private static Closing closing(SessionEnd reason) {
    return switch (reason) {
      case REVOKED -> Closing.REVOKED;
      case SIGNED_OUT -> Closing.SIGNED_OUT;
      case EXPIRED -> Closing.EXPIRED;
    };
  }

  private synchronized Set<String> ids() {
    return Set.copyOf(kept.keySet());
  }

  private synchronized List<KeptSocket> of(String sessionId) {
    return List.copyOf(kept.getOrDefault(sessionId, new ArrayDeque<>()));
  }

  private synchronized List<KeptSocket> all() {
    List<KeptSocket> sockets = new ArrayList<>();
    kept.values().forEach(sockets::addAll);
    return sockets;
  }

  private static Deque<KeptSocket> without(Deque<KeptSocket> sockets, KeptSocket socket) {
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
}
