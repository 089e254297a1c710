package dev.nexo.pairing.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.LiveSession;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionChanges;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.companion.SessionToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link PairingSessionStore} does. A subclass opens the implementation. */
public abstract class PairingSessionContract {

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final PageRequest FIRST = new PageRequest(1000, null);

  private PairingFixture pairing;
  private PairingSessionStore sessions;

  /** Creates the suite. */
  protected PairingSessionContract() {}

  /** Opens the implementation for one test. */
  protected abstract PairingFixture open();

  @BeforeEach
  final void openFixture() {
    pairing = open();
    sessions = pairing.sessions();
  }

  @AfterEach
  final void closeFixture() {
    pairing.close();
  }

  private BootstrapToken token() {
    return pairing.issue(TEN_MINUTES, "Kitchen");
  }

  private static Redemption.Opened opened(Redemption redemption) {
    return assertInstanceOf(Redemption.Opened.class, redemption);
  }

  private static void assertRefused(Redemption redemption) {
    assertEquals(new Redemption.Refused(), redemption);
  }

  private Redemption.Opened redeemed(BootstrapToken token, StubDevice device) {
    DeviceChallenge challenge = sessions.challenge(token).orElseThrow();
    return opened(sessions.redeem(token, device.proof(challenge, token)));
  }

  @Test
  @DisplayName("A token opens one session, which is found by its own token")
  void redeemedOnce() {
    BootstrapToken token = token();
    Redemption.Opened opened = opened(sessions.redeem(token, null));
    assertEquals("Kitchen", opened.session().deviceLabel());
    assertEquals("companion-v1", opened.session().profile());
    assertEquals(MovableClock.START.plus(Duration.ofHours(24)), opened.session().expiresAt());
    assertFalse(opened.session().deviceKey());
    assertEquals(
        opened.session().sessionId(), sessions.find(opened.token()).orElseThrow().sessionId());
    assertRefused(sessions.redeem(token, null));
    assertTrue(sessions.find(opened.token()).isPresent());
    assertTrue(sessions.hasEnded(token.value()));
    assertEquals(
        List.of(new PairingEvent.SessionOpened(opened.session())),
        pairing.events().stream().filter(PairingEvent.SessionOpened.class::isInstance).toList());
  }

  @Test
  @DisplayName("An expired or unknown token opens nothing")
  void refused() {
    BootstrapToken late = token();
    pairing.move(TEN_MINUTES);
    assertRefused(sessions.redeem(late, null));
    assertTrue(sessions.hasEnded(late.value()));
    for (String nonsense : List.of("", "x", "a.b", "a".repeat(5000))) {
      assertRefused(sessions.redeem(new BootstrapToken(nonsense), null));
      assertFalse(sessions.hasEnded(nonsense));
      assertEquals(Optional.empty(), sessions.find(new SessionToken(nonsense)));
      assertEquals(Optional.empty(), sessions.challenge(new BootstrapToken(nonsense)));
    }
    assertEquals(0, sessions.live());
  }

  @Test
  @DisplayName("A session expires after 24 hours")
  void expired() {
    SessionToken token = opened(sessions.redeem(token(), null)).token();
    pairing.move(Duration.ofHours(24).minusMillis(1));
    assertTrue(sessions.find(token).isPresent());
    pairing.move(Duration.ofMillis(1));
    assertEquals(Optional.empty(), sessions.find(token));
    assertRefused(sessions.rotate(token, null));
    assertEquals(0, sessions.live());
  }

  @Test
  @DisplayName("A proof for another token, another challenge or of an old challenge is refused")
  void badProofs() {
    BootstrapToken token = token();
    StubDevice device = new StubDevice();
    DeviceChallenge challenge = sessions.challenge(token).orElseThrow();
    assertRefused(sessions.redeem(token, device.proof(challenge, token())));
    BootstrapToken other = token();
    DeviceChallenge foreign = sessions.challenge(other).orElseThrow();
    assertRefused(sessions.redeem(token, device.proof(foreign, token)));
    pairing.move(Duration.ofSeconds(DeviceChallenge.LIFETIME_SECONDS));
    assertRefused(sessions.redeem(token, device.proof(challenge, token)));
    assertTrue(redeemed(token, device).session().deviceKey());
  }

  @Test
  @DisplayName("The same device may redeem its token again within 30 seconds")
  void repeated() {
    BootstrapToken token = token();
    StubDevice device = new StubDevice();
    Redemption.Opened first = redeemed(token, device);
    pairing.move(Duration.ofSeconds(20));
    Redemption.Opened second = redeemed(token, device);
    assertEquals(first.session().sessionId(), second.session().sessionId());
    assertEquals(Optional.empty(), sessions.find(first.token()));
    DeviceChallenge challenge = sessions.challenge(token).orElseThrow();
    assertRefused(sessions.redeem(token, new StubDevice().proof(challenge, token)));
    pairing.move(Duration.ofSeconds(10));
    assertEquals(Optional.empty(), sessions.challenge(token));
    assertTrue(sessions.find(second.token()).isPresent());
  }

  @Test
  @DisplayName("A rotation replaces the token and extends the session, up to 30 days")
  void rotated() {
    StubDevice device = new StubDevice();
    Redemption.Opened opened = redeemed(token(), device);
    assertRefused(sessions.rotate(opened.token(), null));
    for (int day = 0; day < 31; day++) {
      DeviceChallenge challenge = sessions.challenge(opened.token()).orElseThrow();
      Redemption.Opened next =
          opened(sessions.rotate(opened.token(), device.proof(challenge, opened.token())));
      assertNotEquals(opened.token(), next.token());
      assertEquals(Optional.empty(), sessions.find(opened.token()));
      assertFalse(next.session().expiresAt().isAfter(MovableClock.START.plus(Duration.ofDays(30))));
      opened = next;
      pairing.move(Duration.ofHours(23));
    }
    pairing.move(Duration.ofHours(24));
    assertEquals(Optional.empty(), sessions.find(opened.token()));
  }

  @Test
  @DisplayName("A companion resumes its session with its token and its device key")
  void resumed() {
    StubDevice device = new StubDevice();
    SessionToken token = redeemed(token(), device).token();
    pairing.move(Duration.ofHours(12));
    DeviceChallenge challenge = sessions.challenge(token).orElseThrow();
    assertEquals(
        Optional.empty(), sessions.resume(token, new StubDevice().proof(challenge, token)));
    PairingSession session = sessions.resume(token, device.proof(challenge, token)).orElseThrow();
    assertEquals(MovableClock.START.plus(Duration.ofHours(36)), session.expiresAt());
    assertEquals(Optional.empty(), sessions.resume(token, device.proof(challenge, token)));
    assertTrue(sessions.find(token).isPresent());
  }

  @Test
  @DisplayName("A session ends by sign-out or revocation, once")
  void ended() {
    Redemption.Opened first = opened(sessions.redeem(token(), null));
    Redemption.Opened second = opened(sessions.redeem(token(), null));
    long position = sessions.changesSince(SessionChanges.NO_POSITION).position();
    assertTrue(sessions.signOut(first.token()));
    assertFalse(sessions.signOut(first.token()));
    String id = second.session().sessionId();
    assertTrue(sessions.revoke(id, InMemoryPairing.OPERATOR));
    assertFalse(sessions.revoke(id, InMemoryPairing.OPERATOR));
    assertEquals(Optional.empty(), sessions.find(second.token()));
    assertEquals(
        List.of(
            new PairingEvent.SessionEnded(first.session().sessionId(), SessionEnd.SIGNED_OUT),
            new PairingEvent.SessionEnded(id, SessionEnd.REVOKED)),
        pairing.events().stream().filter(PairingEvent.SessionEnded.class::isInstance).toList());
    assertEquals(
        Set.of(first.session().sessionId(), id), sessions.changesSince(position).sessionIds());
  }

  @Test
  @DisplayName("Live sessions are listed newest first and found by their ids")
  void listed() {
    PairingSession first = opened(sessions.redeem(token(), null)).session();
    pairing.move(Duration.ofSeconds(1));
    PairingSession second = opened(sessions.redeem(token(), null)).session();
    assertEquals(List.of(second, first), sessions.list(FIRST).items());
    var page = sessions.list(new PageRequest(1, null));
    assertEquals(List.of(second), page.items());
    assertEquals(List.of(first), sessions.list(new PageRequest(1, page.next())).items());
    assertEquals(Optional.of(first), sessions.byId(first.sessionId()));
    assertEquals(2, sessions.live());
    assertEquals(
        List.of(first),
        sessions.liveAmong(Set.of(first.sessionId(), "none")).stream()
            .map(LiveSession::session)
            .toList());
  }
}
