package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.LiveSession;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionChanges;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.platform.Component;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sessions that stay as they are: one token of each kind counts, as often as it comes. */
@Component
public class FakeSessions implements PairingSessionStore {

  /** The bootstrap token that counts. */
  public static final String BOOTSTRAP = "Y2xhaW1z.c2lnbmF0dXJl";

  /** The session token that counts. */
  public static final String SESSION = "session-token-that-counts_000000000000000000";

  /** What every redemption and rotation gives. */
  public static final String NEW_TOKEN = "a-new-session-token";

  /** The challenge for a bootstrap token. */
  public static final String CHALLENGE = "A".repeat(43);

  /** The device key that counts. */
  public static final String DEVICE_KEY = "B".repeat(42) + "A";

  /** The signature that counts. */
  public static final String SIGNATURE = "C".repeat(85) + "A";

  private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

  private static final PairingSession LIVE =
      new PairingSession(
          "session-1",
          "companion-v1",
          "Kitchen",
          AT,
          AT.plusSeconds(86_400),
          AT.plusSeconds(60),
          true);

  private static final PairingSession PLAIN =
      new PairingSession(
          "session-2", "companion-v1", null, AT, AT.plusSeconds(86_400), null, false);

  @Override
  public Optional<PairingSession> find(SessionToken token) {
    FailingDependencies.mayCome(token.value());
    return token.value().equals(SESSION) ? Optional.of(LIVE) : Optional.empty();
  }

  @Override
  public Optional<DeviceChallenge> challenge(BootstrapToken token) {
    return token.value().equals(BOOTSTRAP)
        ? Optional.of(new DeviceChallenge(CHALLENGE))
        : Optional.empty();
  }

  @Override
  public Optional<DeviceChallenge> challenge(SessionToken token) {
    return token.value().equals(SESSION)
        ? Optional.of(new DeviceChallenge("s" + CHALLENGE.substring(1)))
        : Optional.empty();
  }

  @Override
  public DeviceChallenge blindChallenge(BootstrapToken token) {
    throw new UnsupportedOperationException("HTTP tells at once");
  }

  @Override
  public DeviceChallenge blindChallenge(SessionToken token) {
    throw new UnsupportedOperationException("HTTP tells at once");
  }

  @Override
  public Optional<PairingSession> resume(SessionToken token, DeviceProof proof) {
    throw new UnsupportedOperationException("HTTP keeps no connection");
  }

  @Override
  public Redemption redeem(BootstrapToken token, DeviceProof proof) {
    FailingDependencies.mayCome(token.value());
    return open(token.value().equals(BOOTSTRAP), proof);
  }

  @Override
  public Redemption rotate(SessionToken token, DeviceProof proof) {
    return open(token.value().equals(SESSION), proof);
  }

  private static Redemption open(boolean counts, DeviceProof proof) {
    boolean proved =
        proof == null
            || (proof.key().value().equals(DEVICE_KEY)
                && proof.challenge().value().equals(CHALLENGE)
                && proof.signature().equals(SIGNATURE));
    return counts && proved
        ? new Redemption.Opened(new SessionToken(NEW_TOKEN), proof == null ? PLAIN : LIVE)
        : new Redemption.Refused();
  }

  @Override
  public boolean hasEnded(String token) {
    return token.startsWith("ended");
  }

  @Override
  public boolean signOut(SessionToken token) {
    return token.value().equals(SESSION);
  }

  @Override
  public Page<PairingSession> list(PageRequest page) {
    return FakeStore.page(List.of(PLAIN, LIVE), page);
  }

  @Override
  public Optional<PairingSession> byId(String sessionId) {
    return Optional.of(LIVE).filter(session -> session.sessionId().equals(sessionId));
  }

  @Override
  public long live() {
    return 2;
  }

  @Override
  public List<LiveSession> liveAmong(Set<String> sessionIds) {
    throw new UnsupportedOperationException("HTTP does not ask");
  }

  @Override
  public void recordUse(Collection<PairingSession> used) {
    throw new UnsupportedOperationException("HTTP does not ask");
  }

  @Override
  public SessionChanges changesSince(long position) {
    throw new UnsupportedOperationException("HTTP does not ask");
  }

  @Override
  public boolean revoke(String sessionId, Actor by) {
    FailingDependencies.mayCome(sessionId);
    return sessionId.equals(LIVE.sessionId());
  }
}
