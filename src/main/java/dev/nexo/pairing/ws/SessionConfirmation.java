package dev.nexo.pairing.ws;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.companion.LiveSession;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SessionChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows which sessions of open connections are live, as far as the database has confirmed it
 * lately. Thread-safe.
 *
 * <p>The question asked of the database is bounded: first which sessions have changed since the
 * last question, then whether at most {@value #MAX_ASKED} sessions are live. Those are the sessions
 * that have changed or are new here, and then the others in turn. A session that has not changed
 * and was live before is confirmed without being asked for.
 *
 * <p>A confirmation is valid for {@value #VALID_SECONDS} s from the start of the question. This
 * time is monotonic: setting the clock does not change it.
 */
final class SessionConfirmation {

  /** The maximum number of sessions that one question asks for. */
  static final int MAX_ASKED = 1_000;

  /** How long a confirmation is valid, in seconds. */
  static final int VALID_SECONDS = 5;

  private static final long VALID_NANOS = Duration.ofSeconds(VALID_SECONDS).toNanos();

  /** The state of one session. */
  private static final class Watched {
    private Instant expiresAt;
    private long confirmedAt;
    private String tokenSha256;

    /** The number of the addition, by which an older answer is recognized. */
    private long addition;
  }

  /**
   * A question for the database.
   *
   * @param ids the sessions to ask for
   * @param addition the number of the newest addition when the question was asked
   */
  private record Question(Set<String> ids, long addition) {}

  private final Ticker ticker;

  /** Those that were not asked for the longest time come first. */
  private final Map<String, Watched> sessions = new LinkedHashMap<>();

  /** Those that have changed or are new, so that only a direct question confirms them. */
  private final Set<String> suspects = new LinkedHashSet<>();

  private Map<String, PairingSession> used = new HashMap<>();
  private long position = SessionChanges.NO_POSITION;
  private long unchangedAt;
  private long additions;

  SessionConfirmation(Ticker ticker) {
    this.ticker = ticker;
    this.unchangedAt = ticker.read();
  }

  /**
   * Adds a session that was found live just now. If it is present already, it is asked for again,
   * because it may have got another expiry or token. An answer to a question that was asked before
   * is ignored.
   */
  synchronized void add(String sessionId, Instant expiresAt) {
    Watched watched = sessions.computeIfAbsent(sessionId, id -> new Watched());
    watched.expiresAt = expiresAt;
    watched.confirmedAt = ticker.read();
    watched.tokenSha256 = null;
    watched.addition = ++additions;
    suspects.add(sessionId);
  }

  /** Removes a session whose last connection is closed. */
  synchronized void remove(String sessionId) {
    sessions.remove(sessionId);
    suspects.remove(sessionId);
    used.remove(sessionId);
    if (sessions.isEmpty()) {
      // Nobody reads the changes from now on, so they must not be read from here later.
      position = SessionChanges.NO_POSITION;
    }
  }

  /** Returns when a session expires; empty if it is not present. */
  synchronized Optional<Instant> expiresAt(String sessionId) {
    return Optional.ofNullable(sessions.get(sessionId)).map(watched -> watched.expiresAt);
  }

  /**
   * Returns the hash of a session's token; empty if it is not known since the session was added.
   */
  synchronized Optional<String> tokenSha256(String sessionId) {
    return Optional.ofNullable(sessions.get(sessionId)).map(watched -> watched.tokenSha256);
  }

  /** Returns whether a session is not present or has a valid confirmation. */
  synchronized boolean isConfirmed(String sessionId) {
    Watched watched = sessions.get(sessionId);
    if (watched == null) {
      return true;
    }
    long now = ticker.read();
    return now - watched.confirmedAt < VALID_NANOS
        || (!suspects.contains(sessionId) && now - unchangedAt < VALID_NANOS);
  }

  /**
   * Asks the database and returns the sessions that are no longer live. One thread at a time.
   *
   * @throws RuntimeException if the database does not answer; then nothing is confirmed
   */
  List<String> confirm(PairingSessionStore store) {
    long startedAt = ticker.read();
    long from = position();
    SessionChanges changes = store.changesSince(from);
    Question question = ask(changes);
    if (question.ids().isEmpty()) {
      return List.of();
    }
    List<LiveSession> live = store.liveAmong(question.ids());
    return confirmed(startedAt, from, changes, question, live);
  }

  private synchronized long position() {
    return position;
  }

  private synchronized Question ask(SessionChanges changes) {
    suspects.addAll(changes.all() ? sessions.keySet() : changes.sessionIds());
    suspects.retainAll(sessions.keySet());
    Set<String> asked = new HashSet<>();
    fill(asked, suspects);
    fill(asked, sessions.keySet());
    return new Question(asked, additions);
  }

  private static void fill(Set<String> asked, Collection<String> ids) {
    for (String id : ids) {
      if (asked.size() == MAX_ASKED) {
        return;
      }
      asked.add(id);
    }
  }

  private synchronized List<String> confirmed(
      long startedAt,
      long from,
      SessionChanges changes,
      Question question,
      List<LiveSession> live) {
    Set<String> missing = new HashSet<>(question.ids());
    missing.removeIf(id -> !isAnswered(id, question));
    for (LiveSession answer : live) {
      PairingSession session = answer.session();
      missing.remove(session.sessionId());
      if (isAnswered(session.sessionId(), question)) {
        Watched watched = sessions.remove(session.sessionId());
        watched.expiresAt = session.expiresAt();
        watched.confirmedAt = startedAt;
        watched.tokenSha256 = answer.tokenSha256();
        suspects.remove(session.sessionId());
        sessions.put(session.sessionId(), watched);
        used.put(session.sessionId(), session);
      }
    }
    if (position == from) {
      position = changes.position();
      unchangedAt = startedAt;
    }
    return new ArrayList<>(missing);
  }

  /** Returns whether a session is present and was not added again after a question was asked. */
  private boolean isAnswered(String sessionId, Question question) {
    Watched watched = sessions.get(sessionId);
    return watched != null && watched.addition <= question.addition();
  }

  /** Returns the live sessions whose use was not taken yet, and forgets them. */
  synchronized Collection<PairingSession> takeUsed() {
    Collection<PairingSession> taken = used.values();
    used = new HashMap<>();
    return taken;
  }
}
