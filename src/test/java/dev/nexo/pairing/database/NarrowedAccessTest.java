package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nexo.pairing.platform.PairingCodeGenerator;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Narrowed access")
@OnEveryDatabase
class NarrowedAccessTest extends PairingContract {

  private static final String[] ROWS = {
    "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
        + " VALUES ('chat', 'default', 'ana', 1)",
    "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at, expires_at)"
        + " VALUES ('chat', 'default', 'bob', 1, 4000000000)",
    "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at, revoked_at)"
        + " VALUES ('chat', 'default', 'eve', 1, 2)",
    "INSERT INTO pairing_blocked (channel, account_id, sender_id, blocked_at)"
        + " VALUES ('chat', 'default', 'mal', 1)",
  };

  private static final int ROUNDS = 30;

  /** A server of its own, whose counters nothing else reads. */
  private OpenDatabase watched;

  @BeforeEach
  void prepare() throws Exception {
    watched =
        new OpenDatabase(
            storage,
            () -> UUID.randomUUID().toString(),
            pairing.get(PairingCodeGenerator.class),
            List.of());
    for (String row : ROWS) {
      byOthers(row);
    }
    narrowed();
    assertThat(narrowed()).isFalse();
  }

  @AfterEach
  void closeWatched() {
    watched.close();
  }

  private boolean narrowed() throws SQLException {
    return watched.narrowedByOthers();
  }

  private void byWatched(String sql) throws SQLException {
    watched.transaction(Turn.ALL, tx -> tx.run(sql));
  }

  private void byOthers(String sql) throws SQLException {
    try (Connection other = outside();
        Statement statement = other.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a raw approval|INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
            + " VALUES ('chat', 'default', 'new', 1)|false",
        "an approval by upsert, as Nexo does it|INSERT INTO pairing_allow_from (channel, account_id,"
            + " sender_id, approved_at, approved_via, revoked_at) VALUES ('chat', 'default', 'eve',"
            + " 3, 'cli', NULL) ON CONFLICT (channel, account_id, sender_id) DO UPDATE SET"
            + " approved_at = excluded.approved_at, revoked_at = NULL|false",
        "an approval of an approved sender|INSERT INTO pairing_allow_from (channel, account_id,"
            + " sender_id, approved_at) VALUES ('chat', 'default', 'ana', 3) ON CONFLICT (channel,"
            + " account_id, sender_id) DO UPDATE SET approved_at = 3, revoked_at = NULL|false",
        "a note|UPDATE pairing_allow_from SET note = 'friend'|false",
        "a later end|UPDATE pairing_allow_from SET expires_at = 4000000001 WHERE sender_id = 'bob'"
            + "|false",
        "no end any more|UPDATE pairing_allow_from SET expires_at = NULL|false",
        "an end of a revoked row|UPDATE pairing_allow_from SET expires_at = 5 WHERE sender_id ="
            + " 'eve'|false",
        "a deleted revoked row|DELETE FROM pairing_allow_from WHERE sender_id = 'eve'|false",
        "a revocation of nobody|UPDATE pairing_allow_from SET revoked_at = 9 WHERE sender_id ="
            + " 'nobody'|false",
        "an unblocked sender|DELETE FROM pairing_blocked|false",
        "a pending request|INSERT INTO pairing_pending (channel, account_id, sender_id, code,"
            + " created_at) VALUES ('chat', 'default', 'new', 'ABCD2345', 1)|false",
        "a mark of the probe|UPDATE pairing_storage_check SET writes = writes + 1|false",
        "the time of a message|UPDATE pairing_allow_from SET last_seen_at = 5|false",
        "a role of a revoked row|UPDATE pairing_allow_from SET role = 'guest' WHERE sender_id ="
            + " 'eve'|false",
        "another role|UPDATE pairing_allow_from SET role = 'owner' WHERE sender_id = 'ana'|true",
        "other labels|UPDATE pairing_allow_from SET labels = '[\"vip\"]' WHERE sender_id = 'ana'"
            + "|true",
        "an idle time|UPDATE pairing_allow_from SET idle_secs = 3600 WHERE sender_id = 'ana'|true",
        "a revocation, as Nexo does it|UPDATE pairing_allow_from SET revoked_at = 3 WHERE channel ="
            + " 'chat' AND sender_id = 'ana' AND revoked_at IS NULL|true",
        "a revocation by upsert|INSERT INTO pairing_allow_from (channel, account_id, sender_id,"
            + " approved_at, revoked_at) VALUES ('chat', 'default', 'ana', 3, 4) ON CONFLICT"
            + " (channel, account_id, sender_id) DO UPDATE SET revoked_at = 4|true",
        "a first end|UPDATE pairing_allow_from SET expires_at = 5 WHERE sender_id = 'ana'|true",
        "an earlier end|UPDATE pairing_allow_from SET expires_at = 3999999999 WHERE sender_id ="
            + " 'bob'|true",
        "a deleted row|DELETE FROM pairing_allow_from WHERE sender_id = 'ana'|true",
        "all rows deleted|DELETE FROM pairing_allow_from|true",
        "another sender id|UPDATE pairing_allow_from SET sender_id = 'ann' WHERE sender_id = 'ana'"
            + "|true",
        "another account|UPDATE pairing_allow_from SET account_id = 'b' WHERE sender_id = 'ana'"
            + "|true",
        "a block|INSERT INTO pairing_blocked (channel, account_id, sender_id, blocked_at) VALUES"
            + " ('chat', 'default', 'ana', 3)|true",
        "a denial|INSERT INTO pairing_blocked (channel, account_id, sender_id, blocked_at,"
            + " denied_until) VALUES ('chat', 'default', 'ana', 3, 4000000000000)|true",
        "a longer denial|UPDATE pairing_blocked SET denied_until = 4000000000000|true",
      })
  @DisplayName("Only what narrows access is reported, from any program")
  void byForeignWriters(String change, String sql, boolean narrows) throws SQLException {
    byOthers(sql);
    assertThat(narrowed()).as(change).isEqualTo(narrows);
    assertThat(narrowed()).as("once").isFalse();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "replaced by a revoked row|REPLACE INTO pairing_allow_from (channel, account_id, sender_id,"
            + " approved_at, revoked_at) VALUES ('chat', 'default', 'ana', 3, 4)|true",
        "replaced by a row with an end|REPLACE INTO pairing_allow_from (channel, account_id,"
            + " sender_id, approved_at, expires_at) VALUES ('chat', 'default', 'ana', 3, 4)|true",
        "replaced by an approval|REPLACE INTO pairing_allow_from (channel, account_id, sender_id,"
            + " approved_at) VALUES ('chat', 'default', 'ana', 3)|false",
        "a member replaced by an owner|REPLACE INTO pairing_allow_from (channel, account_id,"
            + " sender_id, approved_at, role) VALUES ('chat', 'default', 'ana', 3, 'owner')|true",
        "a revoked row that replaces an admission|UPDATE OR REPLACE pairing_allow_from SET"
            + " sender_id = 'ana' WHERE sender_id = 'eve'|true",
        "an end that is no number|UPDATE pairing_allow_from SET expires_at = 'soon' WHERE sender_id"
            + " = 'ana'|true",
      })
  @DisplayName("SQLite's own ways to change a row are covered")
  void onSqlite(String change, String sql, boolean narrows) throws SQLException {
    assumeTrue(database == TestDatabase.SQLITE);
    byForeignWriters(change, sql, narrows);
  }

  @Test
  @DisplayName("PostgreSQL's TRUNCATE is reported")
  void truncated() throws SQLException {
    assumeTrue(database == TestDatabase.POSTGRESQL);
    byForeignWriters("truncated", "TRUNCATE pairing_allow_from", true);
  }

  @Test
  @DisplayName("This server's own revocations are not reported as others'")
  void ownChanges() throws SQLException {
    byWatched("UPDATE pairing_allow_from SET revoked_at = 3 WHERE sender_id = 'ana'");
    assertThat(narrowed()).isFalse();
  }

  @Test
  @DisplayName("No narrowing is missed beside own revocations at the same time")
  void concurrent() throws Exception {
    AtomicLong reported = new AtomicLong();
    AtomicBoolean stopped = new AtomicBoolean();
    Thread polling =
        repeating(
            stopped,
            () -> {
              if (narrowed()) {
                reported.incrementAndGet();
              }
            });
    Thread own =
        repeating(
            stopped,
            () -> {
              byWatched("UPDATE pairing_allow_from SET revoked_at = NULL WHERE sender_id = 'bob'");
              byWatched("UPDATE pairing_allow_from SET revoked_at = 3 WHERE sender_id = 'bob'");
              // SQLite has no queue of writers: without a gap, the other program may starve.
              LockSupport.parkNanos(1_000_000);
            });
    polling.start();
    own.start();
    try {
      for (int i = 0; i < ROUNDS; i++) {
        byOthers("UPDATE pairing_allow_from SET revoked_at = NULL WHERE sender_id = 'ana'");
        long before = reported.get();
        byOthers("UPDATE pairing_allow_from SET revoked_at = 3 WHERE sender_id = 'ana'");
        await("narrowing " + i)
            .atMost(Duration.ofSeconds(10))
            .pollInterval(Duration.ofMillis(1))
            .until(() -> reported.get() > before);
      }
    } finally {
      stopped.set(true);
      polling.join();
      own.join();
    }
  }

  /** One step of a thread that is repeated. */
  private interface Work {
    void run() throws SQLException;
  }

  private static Thread repeating(AtomicBoolean stopped, Work work) {
    return new Thread(
        () -> {
          while (!stopped.get()) {
            try {
              work.run();
            } catch (SQLException e) {
              // The only connection that writes was busy for too long. The next try follows.
            }
          }
        });
  }
}
