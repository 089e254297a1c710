package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent.SessionEnded;
import dev.nexo.pairing.companion.LiveSession;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionChanges;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.config.SessionSettings;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Database session store")
@OnEveryDatabase
class DatabaseSessionStoreTest extends SessionContract {

  private static final Comparator<PairingSession> NEWEST_FIRST =
      Comparator.comparing(PairingSession::issuedAt)
          .thenComparing(PairingSession::sessionId)
          .reversed();

  /** Rows as redeeming makes them, many at once. */
  private void insert(String prefix, int count) {
    long now = clock.millis();
    world
        .database()
        .write(
            tx -> {
              for (int i = 0; i < count; i++) {
                tx.run(
                    "INSERT INTO pairing_session (session_id, token_sha256, profile, issued_at,"
                        + " expires_at) VALUES (?, ?, 'companion-v1', ?, ?)",
                    prefix + i,
                    prefix + i,
                    now,
                    now + Duration.ofHours(24).toMillis());
              }
              return null;
            });
  }

  @Test
  @DisplayName("A live session is found by its id, which does not count as use")
  void byId() {
    PairingSession session = redeemed(token()).session();
    clock.move(Duration.ofMinutes(5));
    assertThat(sessions().byId(session.sessionId())).contains(session);
    assertThat(sessions().byId("none")).isEmpty();
    clock.move(Duration.ofHours(24));
    assertThat(sessions().byId(session.sessionId())).isEmpty();
  }

  @Test
  @DisplayName("Sessions are listed page by page, newest first, each once")
  void pages() {
    for (int i = 0; i < 7; i++) {
      redeemed(token("n" + i));
      clock.move(Duration.ofMillis(i % 2));
    }
    List<PairingSession> paged = new ArrayList<>();
    String cursor = null;
    do {
      Page<PairingSession> page = sessions().list(new PageRequest(2, cursor));
      assertThat(page.items()).hasSizeBetween(1, 2);
      paged.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    assertThat(paged).hasSize(7).doesNotHaveDuplicates().isSortedAccordingTo(NEWEST_FIRST);
    assertThat(paged).isEqualTo(listed());
  }

  @Test
  @DisplayName("New sessions do not shift the remaining pages")
  void pagesStay() {
    redeemed(token("a"));
    clock.move(Duration.ofSeconds(1));
    redeemed(token("b"));
    List<PairingSession> before = listed();
    Page<PairingSession> first = sessions().list(new PageRequest(1, null));
    clock.move(Duration.ofSeconds(1));
    redeemed(token("c"));
    assertThat(sessions().list(new PageRequest(1, first.next())).items())
        .containsExactly(before.get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "c2Vzc2lvbnM", "%%%"})
  @DisplayName("A malformed cursor is refused")
  void cursors(String cursor) {
    assertThatThrownBy(() -> sessions().list(new PageRequest(1, cursor)))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  @DisplayName("A cursor of another list or with a bad time is refused")
  void foreignCursors() {
    for (String cursor :
        List.of(
            Cursor.after("audit", 1),
            Cursor.after("pending", 1, "x"),
            Cursor.after("sessions", "x", "y"))) {
      assertThatThrownBy(() -> sessions().list(new PageRequest(1, cursor)))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  @Test
  @DisplayName("Live sessions are found among thousands of ids")
  void liveAmong() {
    insert("old", 3);
    clock.move(Duration.ofHours(24));
    insert("s", 1_203);
    Set<String> asked = new HashSet<>(Set.of("old0", "old1", "unknown"));
    for (int i = 0; i < 1_203; i += 2) {
      asked.add("s" + i);
    }
    Set<String> live = liveAmong(asked);
    assertThat(live).hasSize(602).allMatch(id -> id.startsWith("s"));
    assertThat(sessions().liveAmong(Set.of())).isEmpty();
    assertThat(liveAmong(Set.of("s1"))).containsExactly("s1");
    assertThat(sessions().live()).isEqualTo(1_203);
  }

  private Set<String> liveAmong(Set<String> ids) {
    return sessions().liveAmong(ids).stream()
        .map(LiveSession::session)
        .map(PairingSession::sessionId)
        .collect(Collectors.toSet());
  }

  @Test
  @DisplayName("Changes of sessions are listed once, on every server of the database")
  void changes() {
    Redemption.Opened revoked = redeemed(token());
    Redemption.Opened rotated = redeemed(token("10112233445566778899aabbccddeeff"));
    Redemption.Opened signedOut = redeemed(token("20112233445566778899aabbccddeeff"));
    try (SessionWorld other = open()) {
      SessionChanges first = other.sessions().changesSince(SessionChanges.NO_POSITION);
      assertThat(first.all()).isTrue();
      SessionChanges none = other.sessions().changesSince(first.position());
      assertThat(none).isEqualTo(new SessionChanges(first.position(), false, Set.of()));
      assertThat(sessions().revoke(revoked.session().sessionId(), OPERATOR)).isTrue();
      opened(sessions().rotate(rotated.token(), null));
      assertThat(sessions().signOut(signedOut.token())).isTrue();
      redeemed(token("30112233445566778899aabbccddeeff"));
      SessionChanges changed = other.sessions().changesSince(none.position());
      assertThat(changed.all()).isFalse();
      assertThat(changed.sessionIds())
          .containsExactlyInAnyOrder(
              revoked.session().sessionId(),
              rotated.session().sessionId(),
              signedOut.session().sessionId());
      assertThat(other.sessions().changesSince(changed.position()).sessionIds()).isEmpty();
      // As after a restore of an older database.
      assertThat(other.sessions().changesSince(changed.position() + 1).all()).isTrue();
    }
  }

  @Test
  @DisplayName("More than 1,000 changes are not listed one by one")
  void manyChanges() {
    long position = sessions().changesSince(SessionChanges.NO_POSITION).position();
    revokedElsewhere(0, SessionAuditTrail.MAX_CHANGES);
    assertThat(sessions().changesSince(position).sessionIds())
        .hasSize(SessionAuditTrail.MAX_CHANGES);
    revokedElsewhere(SessionAuditTrail.MAX_CHANGES, SessionAuditTrail.MAX_CHANGES + 1);
    assertThat(sessions().changesSince(position).all()).isTrue();
  }

  /** Records revocations in one transaction, which takes less time than so many revocations. */
  private void revokedElsewhere(int from, int to) {
    Instant now = clock.instant();
    world
        .database()
        .write(
            tx -> {
              for (int i = from; i < to; i++) {
                SessionAuditTrail.append(
                    tx,
                    now,
                    OPERATOR,
                    AuditAction.SESSION_REVOKED,
                    new PairingSession("s" + i, "p", null, now, now, null, false));
              }
              return null;
            });
  }

  @Test
  @DisplayName("Expired sessions are deleted and announced by one of two servers")
  void sweptOnce() throws Exception {
    insert("old", 2 * ExpiredSessionSweep.BATCH + 1);
    clock.move(Duration.ofHours(24));
    insert("new", 2);
    try (SessionWorld other = open()) {
      Together.run(
          4,
          i -> {
            (i % 2 == 0 ? world : other).sweep();
            return null;
          });
      List<SessionEnded> ended =
          Stream.of(world, other)
              .flatMap(each -> each.notices.of(SessionEnded.class).stream())
              .toList();
      assertThat(ended)
          .hasSize(2 * ExpiredSessionSweep.BATCH + 1)
          .doesNotHaveDuplicates()
          .allMatch(end -> end.reason() == SessionEnd.EXPIRED && end.sessionId().startsWith("old"));
    }
    assertThat(rows()).isEqualTo(2);
    assertThat(world.audit()).isEmpty();
  }

  @Test
  @DisplayName("Idle sessions are deleted, others stay")
  void sweptIdle() {
    SessionSettings idle = idleAfter(Duration.ofMinutes(10));
    world.close();
    world = new SessionWorld(storage(), clock, idle);
    insert("idle", 2);
    var used = redeemed(token());
    clock.move(Duration.ofMinutes(5));
    assertThat(honoured(used)).isTrue();
    clock.move(Duration.ofMinutes(5));
    world.sweep();
    assertThat(rows()).isEqualTo(1);
    assertThat(honoured(used)).isTrue();
    assertThat(world.notices.of(SessionEnded.class))
        .containsExactlyInAnyOrder(
            new SessionEnded("idle0", SessionEnd.EXPIRED),
            new SessionEnded("idle1", SessionEnd.EXPIRED));
  }

  private long rows() {
    return world
        .database()
        .<Long>query(
            statements ->
                statements
                    .first("SELECT count(*) FROM pairing_session", row -> row.getLong(1))
                    .orElseThrow());
  }
}
