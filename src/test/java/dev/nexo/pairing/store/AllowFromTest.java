package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testing.OnEveryDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Allow-from")
@OnEveryDatabase
class AllowFromTest extends PairingContract {

  @Test
  @DisplayName("Seeding stores canonical ids once and names rejected ones")
  void seeds() {
    SeedReport report = seed("Ana", " ana ", "BOB", "bad one", "", "away");
    assertThat(report.seeded()).isEqualTo(2);
    assertThat(report.rejectedCount()).isEqualTo(3);
    assertThat(report.rejected())
        .extracting(SeedReport.Rejected::reason)
        .containsExactly("rejected_sender", "rejected_sender", "adapter_unavailable");
    assertThat(allowed(false))
        .extracting(row -> row.sender().senderId())
        .containsExactly("ana", "bob");
    assertThat(write("ANA")).isEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("Seeding again changes nothing but reactivates revoked rows")
  void seedsAgain() {
    seed("ana", "bob");
    revoke("ana");
    long audited = audit().size();
    pairing.clock().move(Duration.ofMinutes(5));
    assertThat(seed("ana", "bob").seeded()).isEqualTo(2);
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
    assertThat(audit()).hasSize((int) audited + 1);
    assertThat(audit().get(0).action()).isEqualTo("seeded");
    assertThat(audit().get(0).sender()).isEqualTo(key("ana"));
  }

  @Test
  @DisplayName("Seeding admits pending and denied senders, not blocked ones")
  void seedsPendingAndDenied() {
    write("pending");
    pairing.store().deny(challenged("denied").request().requestId(), false, null, OPERATOR);
    pairing.store().deny(challenged("blocked").request().requestId(), true, null, OPERATOR);
    SeedReport report = seed("pending", "denied", "blocked");
    assertThat(report.seeded()).isEqualTo(2);
    assertThat(report.rejected()).containsExactly(new SeedReport.Rejected("blocked", "blocked"));
    assertThat(pending()).isEmpty();
    assertThat(write("denied")).isEqualTo(Admit.MEMBER);
    assertThat(write("blocked")).isNotEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("An adapter that does not answer is called three times in all")
  void silentAdapter() {
    SeedReport report = seed("away 1", "ana", "away 2", "away 3", "away 4", "bob");
    assertThat(report.seeded()).isEqualTo(1);
    assertThat(report.rejected())
        .extracting(SeedReport.Rejected::reason)
        .containsOnly("adapter_unavailable");
    assertThat(report.rejectedCount()).isEqualTo(5);
    assertThat(pairing.gate().dryRun(ACCOUNT, List.of("away", "away", "away", "cleo")).rejected())
        .containsExactly("away", "away", "away", "cleo");
  }

  @Test
  @DisplayName("Seeding a sender with an expired request counts the request expired")
  void seedsExpired() {
    Challenge challenge = challenged("late");
    pairing.clock().move(Duration.ofMinutes(61));
    seed("late");
    assertThat(approve(challenge)).isInstanceOf(PendingOutcome.Expired.class);
    assertThat(pairing.notices().of(PairingEvent.CodesExpired.class)).hasSize(1);
    assertThat(write("late")).isEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("Approval by Nexo's code admits a blocked sender")
  void approvedThoughBlocked() throws SQLException {
    pairing.store().deny(challenged("ana").request().requestId(), true, null, OPERATOR);
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.execute(
          "INSERT INTO pairing_pending (channel, account_id, sender_id, code, created_at)"
              + " VALUES ('chat', 'default', 'ana', 'ABCDEFGH', 4070908740)");
    }
    assertThat(approve("ABCDEFGH")).isInstanceOf(PendingOutcome.Done.class);
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
  }

  private static final String NEXO_UPSERT =
      "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at, approved_via)"
          + " VALUES ('chat', 'default', 'ana', %d, '%s')"
          + " ON CONFLICT (channel, account_id, sender_id) DO UPDATE SET ";

  private static final long FAR = 4070908740L;

  /** Statements of other programs on an expired row, and whether they admit its sender again. */
  static Stream<Arguments> writers() {
    String approval =
        "approved_at = excluded.approved_at, approved_via = excluded.approved_via,"
            + " revoked_at = NULL";
    return Stream.of(
        arguments(NEXO_UPSERT.formatted(200, "cli") + approval, true, "Nexo's approval"),
        arguments(NEXO_UPSERT.formatted(200, "seed") + "revoked_at = NULL", true, "Nexo's seed"),
        arguments(
            NEXO_UPSERT.formatted(200, "seed") + "revoked_at = NULL, approved_via = 'seed'",
            true,
            "a seed that names its origin"),
        arguments("UPDATE pairing_allow_from SET approved_at = 200", true, "an approval by hand"),
        arguments("UPDATE pairing_allow_from SET revoked_at = 150", false, "a revocation"),
        arguments("UPDATE pairing_allow_from SET note = 'vip'", false, "a note"),
        arguments(
            "UPDATE pairing_allow_from SET approved_at = approved_at,"
                + " approved_via = approved_via, revoked_at = revoked_at, note = 'vip'",
            false,
            "a note by an older server, which writes all columns"),
        arguments(
            "UPDATE pairing_allow_from SET approved_at = 200, expires_at = 120",
            false,
            "an approval with an end of its own"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("writers")
  @DisplayName("An approval or seed after the end clears the end, from any program")
  void clearsTheEnd(String sql, boolean admits, String why) throws SQLException {
    seed("ana");
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.execute("UPDATE pairing_allow_from SET expires_at = 100, approved_at = 50");
      statement.execute(sql);
    }
    assertThat(write("ana") instanceof Admit).as(why).isEqualTo(admits);
  }

  /** Statements on a row whose idle time has ended, and whether they admit its sender again. */
  static Stream<Arguments> idleWriters() {
    return Stream.of(
        arguments(
            NEXO_UPSERT.formatted(200, "cli")
                + "approved_at = 4070908740, approved_via = excluded.approved_via, revoked_at = NULL",
            true,
            "Nexo's approval"),
        arguments(NEXO_UPSERT.formatted(200, "seed") + "revoked_at = NULL", true, "Nexo's seed"),
        arguments(
            NEXO_UPSERT.formatted(200, "seed") + "revoked_at = NULL, approved_via = 'seed'",
            true,
            "a seed that names its origin"),
        arguments("UPDATE pairing_allow_from SET revoked_at = 150", false, "a revocation"),
        arguments("UPDATE pairing_allow_from SET note = 'vip'", false, "a note"),
        arguments("UPDATE pairing_allow_from SET labels = '[\"vip\"]'", false, "a label"),
        arguments("UPDATE pairing_allow_from SET idle_secs = 7200", false, "another idle time"),
        arguments(
            "UPDATE pairing_allow_from SET approved_at = approved_at,"
                + " approved_via = approved_via, revoked_at = revoked_at, note = 'vip'",
            false,
            "a note by an older server, which writes all columns"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("idleWriters")
  @DisplayName("An approval or seed after the idle time begins it again, from any program")
  void restartsTheIdleTime(String sql, boolean admits, String why) throws SQLException {
    seed("ana");
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.execute(
          "UPDATE pairing_allow_from"
              + " SET approved_at = 50, last_seen_at = 60, idle_secs = 3600, role = 'owner'");
      assertThat(write("ana")).isNotInstanceOf(Admit.class);
      statement.execute(sql);
    }
    assertThat(write("ana") instanceof Admit).as(why).isEqualTo(admits);
    assertThat(allowed(true).get(0).idle()).isNotNull();
  }

  @Test
  @DisplayName("An approval before the end keeps the end")
  void keepsTheEnd() throws SQLException {
    seed("ana");
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.execute("UPDATE pairing_allow_from SET expires_at = " + FAR);
      statement.execute(NEXO_UPSERT.formatted(200, "cli") + "revoked_at = NULL");
    }
    assertThat(allowed(false).get(0).expiresAt()).isEqualTo(Instant.ofEpochSecond(FAR));
  }

  @Test
  @DisplayName("A new note does not admit an expired sender again")
  void noteOfExpired() throws SQLException {
    seed("ana");
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.execute("UPDATE pairing_allow_from SET expires_at = 100");
    }
    for (String note : List.of("vip", "vip")) {
      AllowTerms.Update change = new AllowTerms.Update(null, Optional.of(note));
      assertThat(pairing.store().update(key("ana"), change, OPERATOR)).isPresent();
      assertThat(write("ana")).isInstanceOf(Challenge.class);
    }
  }

  @Test
  @DisplayName("At most 100 rejected ids are named, and all are counted")
  void namesAHundred() {
    SeedReport report =
        seed(IntStream.range(0, 250).mapToObj(i -> "bad " + i).toArray(String[]::new));
    assertThat(report.rejected()).hasSize(100);
    assertThat(report.rejectedCount()).isEqualTo(250);
  }

  @Test
  @DisplayName("A revoked row is kept, and so is its history after approval")
  void keepsHistory() {
    approve(challenged("ana"));
    assertThat(revoke("ana")).isEqualTo(1);
    assertThat(revoke("ana")).isZero();
    assertThat(allowed(false)).isEmpty();
    assertThat(allowed(true)).hasSize(1);
    assertThat(write("ana")).isInstanceOf(Challenge.class);
    approve(challenged("ana"));
    assertThat(audit())
        .extracting("action")
        .containsExactly("approved", "challenged", "revoked", "approved", "challenged");
    assertThat(audit()).extracting("actor").contains("operator", "gate");
    assertThat(audit()).extracting("surface").contains("console", "gate");
  }

  @Test
  @DisplayName("A revocation applies to one account, or to all on request")
  void revokesOneAccountOrAll() {
    seed("ana");
    pairing
        .store()
        .seed(new ChannelAccount("chat", "work"), List.of(new SeedEntry("ana", null)), OPERATOR);
    revoke("ana");
    assertThat(pairing.gate().shouldAdmit("chat", "work", "ana", AdmissionPolicy.CHALLENGE))
        .isEqualTo(Admit.MEMBER);
    seed("ana");
    assertThat(pairing.store().revokeOnAllAccounts("chat", "ana", OPERATOR))
        .extracting(SenderKey::accountId)
        .containsExactly("default", "work");
    assertThat(pairing.gate().shouldAdmit("chat", "work", "ana", AdmissionPolicy.CHALLENGE))
        .isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("After a revocation returns nobody is admitted by an older read")
  void revocationIsFinal() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 50; round++) {
        String sender = "sender " + round;
        seed(sender);
        AtomicBoolean revoked = new AtomicBoolean();
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          callers.add(
              pool.submit(
                  () -> {
                    boolean violated = false;
                    while (!stop.get()) {
                      boolean after = revoked.get();
                      boolean admitted =
                          pairing
                              .gate()
                              .shouldAdmit("chat", null, sender, AdmissionPolicy.CHALLENGE)
                              .equals(Admit.MEMBER);
                      violated |= after && admitted;
                    }
                    return violated;
                  }));
        }
        await().until(() -> write(sender).equals(Admit.MEMBER));
        revoke(sender);
        revoked.set(true);
        assertThat(write(sender)).isNotEqualTo(Admit.MEMBER);
        stop.set(true);
        for (Future<Boolean> caller : callers) {
          assertThat(caller.get()).as("admitted after the revocation returned").isFalse();
        }
        pairing.clock().move(Duration.ofMinutes(61));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  @DisplayName("A change by another process is seen within a second")
  void seesOutsideChanges() throws SQLException {
    seed("ana");
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.execute("UPDATE pairing_allow_from SET revoked_at = 1767225600");
    }
    await()
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !write("ana").equals(Admit.MEMBER));
  }

  @Test
  @DisplayName("An update changes only the given terms")
  void updates() {
    seed("ana");
    var soon = pairing.clock().instant().plusSeconds(60);
    pairing
        .store()
        .update(key("ana"), new AllowTerms.Update(Optional.of(soon), Optional.of("vip")), OPERATOR);
    AllowedSender row =
        pairing
            .store()
            .update(key("ana"), new AllowTerms.Update(null, Optional.empty()), OPERATOR)
            .get();
    assertThat(row.expiresAt()).isEqualTo(soon);
    assertThat(row.note()).isNull();
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
    pairing.clock().move(Duration.ofSeconds(60));
    assertThat(write("ana")).isInstanceOf(Challenge.class);
    assertThat(pairing.store().update(key("nobody"), new AllowTerms.Update(null, null), OPERATOR))
        .isEmpty();
    assertThatThrownBy(
            () ->
                pairing
                    .store()
                    .update(key("ana"), new AllowTerms.Update(Optional.of(soon), null), OPERATOR))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("expires_at");
  }

  @Test
  @DisplayName("Pages have each row once, in key order")
  void pages() {
    seed(IntStream.range(0, 100).mapToObj("sender %03d"::formatted).toArray(String[]::new));
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<AllowedSender> page =
          pairing
              .store()
              .allowed(new AllowFilter(AccountFilter.ALL, null, false), new PageRequest(7, cursor));
      page.items().forEach(row -> seen.add(row.sender().senderId()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).hasSize(100).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "!!!", "", "YQ", "cGVuZGluZwAx", "////"})
  @DisplayName("A cursor of another list is refused")
  void refusesForeignCursors(String cursor) {
    assertThatThrownBy(
            () ->
                pairing
                    .store()
                    .allowed(
                        new AllowFilter(AccountFilter.ALL, null, false),
                        new PageRequest(10, cursor)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  @DisplayName("The search is literal and case-insensitive, by id and note")
  void searches() {
    pairing
        .store()
        .seed(
            ACCOUNT,
            List.of(
                new SeedEntry("100%_sure", null),
                new SeedEntry("100xysure", null),
                new SeedEntry("ana", "My Sister"),
                new SeedEntry("eva", "Österreich")),
            OPERATOR);
    assertThat(search("%_S")).containsExactly("100%_sure");
    assertThat(search("sister")).containsExactly("ana");
    assertThat(search("Österreich")).containsExactly("eva");
    assertThat(search("' OR 1=1 --")).isEmpty();
  }

  private List<String> search(String query) {
    return pairing
        .store()
        .allowed(new AllowFilter(AccountFilter.ALL, query, false), ALL)
        .items()
        .stream()
        .map(row -> row.sender().senderId())
        .toList();
  }

  @Test
  @DisplayName("A dry run changes nothing")
  void dryRun() {
    seed("ana");
    pairing.store().deny(challenged("denied").request().requestId(), false, null, OPERATOR);
    long audited = audit().size();
    List<String> many = new ArrayList<>(List.of("ANA", "denied", "bad", "new"));
    IntStream.range(0, 1200).forEach(i -> many.add("stranger " + i));
    DryRun run = pairing.gate().dryRun(ACCOUNT, many);
    assertThat(run.admit()).containsExactly("ana");
    assertThat(run.rejected()).containsExactlyInAnyOrder("bad", "denied");
    assertThat(run.challenge()).hasSize(1201).startsWith("new");
    assertThat(audit()).hasSize((int) audited);
    assertThat(pending()).isEmpty();
  }
}
