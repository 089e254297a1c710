package dev.nexo.pairing.ws.fake;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.LiveSession;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionChanges;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.platform.Component;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Redeems every token that begins with {@code good}, once, for a session of the same name with
 * {@code session-} in front, and refuses others. The token of such a session is the name with
 * {@code token-} in front; if it contains {@code keyed}, it needs a proof. {@code storage} and
 * {@code bug} make a dependency fail. A proof is right where its signature is {@link #SIGNATURE}
 * over {@link #CHALLENGE}.
 */
@Component
public class FakePairSessions implements PairingSessionStore {

  /** The one signature that is right. */
  public static final String SIGNATURE = "the-right-signature";

  /** The one challenge there is. */
  public static final String CHALLENGE = "hUxoyWtkFJbW4fQPgyQGpRX5OiWVnYcJi3-tz0r1Ks8";

  /** When all sessions are over. */
  public static final Instant EXPIRY = Instant.parse("2199-01-01T00:00:00Z");

  /** How many changes one answer lists. */
  private static final int MOST_CHANGES = 1_000;

  /** What was presented, with the proof or null. */
  public record Presented(String token, DeviceProof proof) {}

  private final List<Presented> presented = new CopyOnWriteArrayList<>();
  private final Set<String> spent = ConcurrentHashMap.newKeySet();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> extended = new ConcurrentHashMap<>();
  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final List<Set<String>> asked = new CopyOnWriteArrayList<>();
  private final List<String> used = new CopyOnWriteArrayList<>();
  private volatile boolean down;
  private volatile Runnable whileAnswering = () -> {};

  /** What was presented so far. */
  public List<Presented> presented() {
    return List.copyOf(presented);
  }

  /** The session is over, and nobody has said so on this server. */
  public void endElsewhere(String sessionId) {
    ended.add(sessionId);
    changes.add(sessionId);
  }

  /** The session is over, and the history of changes does not say so. */
  public void endSilently(String sessionId) {
    ended.add(sessionId);
  }

  /** The session lasts longer, and nobody has said so on this server. */
  public void extendElsewhere(String sessionId, Instant end) {
    extended.put(sessionId, end);
    changes.add(sessionId);
  }

  /** The questions which sessions are live. */
  public List<Set<String>> asked() {
    return List.copyOf(asked);
  }

  /** The sessions whose use was recorded. */
  public List<String> used() {
    return List.copyOf(used);
  }

  /** Whether the database is away. */
  public void down(boolean away) {
    down = away;
  }

  @Override
  public Redemption redeem(BootstrapToken token, DeviceProof proof) {
    presented.add(new Presented(token.value(), proof));
    failIfAsked(token.value());
    boolean proven =
        proof == null
            || (SIGNATURE.equals(proof.signature()) && CHALLENGE.equals(proof.challenge().value()));
    if (!token.value().startsWith("good") || !proven || !spent.add(token.value())) {
      return new Redemption.Refused();
    }
    return new Redemption.Opened(
        new SessionToken("token-" + token.value()),
        new PairingSession(
            "session-" + token.value(),
            "companion-v1",
            null,
            EXPIRY.minusSeconds(86_400),
            EXPIRY,
            null,
            proof != null));
  }

  @Override
  public DeviceChallenge blindChallenge(BootstrapToken token) {
    failIfAsked(token.value());
    return new DeviceChallenge(CHALLENGE);
  }

  @Override
  public DeviceChallenge blindChallenge(SessionToken token) {
    failIfAsked(token.value());
    return new DeviceChallenge(CHALLENGE);
  }

  @Override
  public Optional<PairingSession> resume(SessionToken token, DeviceProof proof) {
    presented.add(new Presented(token.value(), proof));
    failIfAsked(token.value());
    String id = token.value().replaceFirst("token-", "session-");
    boolean proven =
        token.value().contains("keyed")
            ? proof != null && SIGNATURE.equals(proof.signature())
            : token.value().startsWith("token-good");
    return proven && !ended.contains(id) ? Optional.of(session(id)) : Optional.empty();
  }

  @Override
  public List<LiveSession> liveAmong(Set<String> sessionIds) {
    failIfAsked("");
    asked.add(sessionIds);
    List<LiveSession> live =
        sessionIds.stream()
            .filter(id -> !ended.contains(id))
            .map(id -> new LiveSession(session(id), tokens.getOrDefault(id, firstTokenOf(id))))
            .toList();
    Runnable event = whileAnswering;
    whileAnswering = () -> {};
    event.run();
    return live;
  }

  /** What happens once after the database has read and before its answer arrives. */
  public void whileAnswering(Runnable event) {
    whileAnswering = event;
  }

  /** The session is live again, as after a clock that was set back. */
  public void reviveElsewhere(String sessionId) {
    ended.remove(sessionId);
  }

  private static String firstTokenOf(String id) {
    return Sha256.hex(id.replaceFirst("session-", "token-"));
  }

  /** The session got another token, on another server. */
  public void rotateElsewhere(String sessionId) {
    rotateElsewhere(sessionId, "another token");
  }

  /** The session got this token, on another server. */
  public void rotateElsewhere(String sessionId, String token) {
    tokens.put(sessionId, Sha256.hex(token));
    changes.add(sessionId);
  }

  private PairingSession session(String id) {
    Instant end = extended.getOrDefault(id, EXPIRY);
    return new PairingSession(
        id, "companion-v1", null, EXPIRY.minusSeconds(86_400), end, null, false);
  }

  @Override
  public void recordUse(Collection<PairingSession> used) {
    used.forEach(session -> this.used.add(session.sessionId()));
  }

  @Override
  public SessionChanges changesSince(long position) {
    failIfAsked("");
    boolean all = position < 0 || changes.size() - position > MOST_CHANGES;
    return new SessionChanges(
        changes.size(),
        all,
        all ? Set.of() : Set.copyOf(changes.subList((int) position, changes.size())));
  }

  private void failIfAsked(String token) {
    if (down || token.startsWith("storage")) {
      throw new StorageUnavailableException("The database is away", null);
    }
    if (token.startsWith("keyless")) {
      throw new SigningKeyException("This server has not got the key", null);
    }
    if (token.startsWith("bug")) {
      throw new IllegalStateException("a bug");
    }
  }

  @Override
  public Optional<PairingSession> find(SessionToken token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<DeviceChallenge> challenge(BootstrapToken token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<DeviceChallenge> challenge(SessionToken token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Redemption rotate(SessionToken token, DeviceProof proof) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean hasEnded(String token) {
    return token.startsWith("ended");
  }

  @Override
  public boolean signOut(SessionToken token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page<PairingSession> list(PageRequest page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<PairingSession> byId(String sessionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long live() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean revoke(String sessionId, Actor by) {
    throw new UnsupportedOperationException();
  }
}
