package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Postgres;
import dev.nexo.pairing.testing.Together;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Caching gate on PostgreSQL")
@Tag("postgresql")
class CachingGatePostgresTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.API);
  private static final ChannelAccount ACCOUNT = new ChannelAccount("chat", "default");

  @TempDir Path directory;

  private static Connection connect(StorageSettings storage) throws SQLException {
    return DriverManager.getConnection(
        storage.url().orElseThrow(),
        storage.username().orElseThrow(),
        storage.password().orElseThrow());
  }

  private PairingContainer open(StorageSettings storage) {
    return PairingContainer.over(directory.resolve("unused.db"))
        .with(StorageSettings.class, storage)
        .open();
  }

  private static void setDefault(StorageSettings storage, String setting) throws SQLException {
    try (Connection connection = connect(storage);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE " + connection.getCatalog() + " SET " + setting);
    }
  }

  private static Decision ask(PairingContainer node, String sender) {
    return node.gate().shouldAdmit("chat", null, sender, AdmissionPolicy.CHALLENGE);
  }

  @Test
  @DisplayName("The cap holds even if the database's default isolation is stricter")
  void strictIsolation() throws Exception {
    StorageSettings storage = Postgres.newDatabase();
    setDefault(storage, "default_transaction_isolation = 'repeatable read'");
    try (PairingContainer node = open(storage)) {
      List<Decision> decisions = Together.run(64, i -> ask(node, "stranger " + i));
      assertThat(decisions).filteredOn(Decision.Challenge.class::isInstance).hasSize(3);
      assertThat(node.store().pendingByChannel()).containsEntry("chat", 3L);
    }
  }

  @Test
  @DisplayName("A check that hangs while the clock is set back extends no trust")
  void blockedCheck() throws Exception {
    StorageSettings storage = Postgres.newDatabase();
    try (PairingContainer node = open(storage);
        Connection connection = connect(storage);
        Statement statement = connection.createStatement()) {
      node.store().seed(ACCOUNT, List.of(new SeedEntry("ana", null)), OPERATOR);
      ChangeWatch watch = node.get(ChangeWatch.class);
      watch.stop();
      watch.look();
      assertThat(ask(node, "ana")).isEqualTo(Decision.Admit.MEMBER);
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE pairing_change, pairing_allow_from IN ACCESS EXCLUSIVE MODE");
      Thread check = new Thread(watch::look, "change-watch");
      check.start();
      awaitBlocked(statement, 1);
      assertThat(ask(node, "ana")).as("from the cache").isEqualTo(Decision.Admit.MEMBER);
      node.clock().move(Duration.ofMillis(-900 + 1_200));
      node.ticker().move(Duration.ofMillis(1_200));
      AtomicReference<Decision> decision = new AtomicReference<>();
      Thread caller = new Thread(() -> decision.set(ask(node, "ana")), "caller");
      caller.start();
      awaitBlocked(statement, 2);
      statement.execute("UPDATE pairing_allow_from SET revoked_at = 1");
      connection.commit();
      caller.join(Duration.ofSeconds(10).toMillis());
      check.join(Duration.ofSeconds(10).toMillis());
      assertThat(decision).hasValueMatching(Decision.Challenge.class::isInstance);
    }
  }

  private static void awaitBlocked(Statement statement, int queries) {
    await("queries wait for the lock")
        .atMost(Duration.ofSeconds(4))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              try (var row =
                  statement.executeQuery(
                      "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                          + " WHERE NOT l.granted AND d.datname = current_database()")) {
                row.next();
                return row.getInt(1) == queries;
              }
            });
  }

  @Test
  @DisplayName("A revocation whose answer was lost is effective")
  void answerLost() throws Exception {
    StorageSettings storage = Postgres.newDatabase();
    // The embedded server's is off, for speed.
    setDefault(storage, "synchronous_commit = on");
    try (PairingContainer node = open(storage);
        Connection connection = connect(storage);
        Statement statement = connection.createStatement()) {
      List<SeedEntry> senders =
          IntStream.range(0, 500).mapToObj(i -> new SeedEntry("ana " + i, null)).toList();
      node.store().seed(ACCOUNT, senders, OPERATOR);
      senders.forEach(sender -> ask(node, sender.senderId()));
      Iterator<SeedEntry> next = senders.iterator();
      AtomicReference<String> unanswered = new AtomicReference<>();
      // A commit then waits for a standby that there is not, and is in the database meanwhile.
      waitsForStandby(statement, "'nobody'");
      try {
        await("PostgreSQL to heed it")
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(20))
            .until(
                () -> {
                  unanswered.set(next.next().senderId());
                  return isUnanswered(node, unanswered.get()) && isCommitWaiting(statement);
                });
      } finally {
        waitsForStandby(statement, "''");
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> assertThat(ask(node, unanswered.get())).isNotEqualTo(Decision.Admit.MEMBER));
      assertThat(node.store().revoke(SenderKey.of(ACCOUNT, unanswered.get()), OPERATOR)).isZero();
    }
  }

  private static boolean isUnanswered(PairingContainer node, String sender) {
    try {
      node.store().revoke(SenderKey.of(ACCOUNT, sender), OPERATOR);
      return false;
    } catch (StorageUnavailableException e) {
      return true;
    }
  }

  /** A busy machine may also fail to reach the commit in time. */
  private static boolean isCommitWaiting(Statement statement) throws SQLException {
    try (var row =
        statement.executeQuery(
            "SELECT count(*) FROM pg_stat_activity"
                + " WHERE wait_event = 'SyncRep' AND datname = current_database()")) {
      row.next();
      return row.getInt(1) > 0;
    }
  }

  private static void waitsForStandby(Statement statement, String names) throws SQLException {
    statement.execute("ALTER SYSTEM SET synchronous_standby_names = " + names);
    statement.execute("SELECT pg_reload_conf()");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              try (var row = statement.executeQuery("SHOW synchronous_standby_names")) {
                row.next();
                return names.equals("'" + row.getString(1) + "'");
              }
            });
  }
}
