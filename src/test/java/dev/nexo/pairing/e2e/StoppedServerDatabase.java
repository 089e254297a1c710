package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.SenderKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.sqlite.SQLiteConfig;

/** Reads the database of a stopped server without changing it. */
final class StoppedServerDatabase {

  private record Request(String requestId, String code) {}

  private record Allowed(boolean revoked, String via) {}

  private record Waiting(SenderKey to, String requestId, boolean sent, String kind) {}

  private static final String KEY = "channel, account_id, sender_id";

  private final String integrity;
  private final Map<SenderKey, List<String>> audit = new HashMap<>();
  private final Map<SenderKey, Request> pending = new HashMap<>();
  private final Map<SenderKey, Allowed> allowed = new HashMap<>();
  private final Set<SenderKey> denied = new HashSet<>();
  private final List<Waiting> outbox = new ArrayList<>();
  private final long mostPending;

  /** Reads a SQLite file. */
  static StoppedServerDatabase in(Path database) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + database, config.toProperties())) {
      return new StoppedServerDatabase(connection, "PRAGMA integrity_check");
    }
  }

  /** Reads a PostgreSQL database, which guarantees its own integrity. */
  static StoppedServerDatabase in(Connection database) throws SQLException {
    return new StoppedServerDatabase(database, "SELECT 'ok'");
  }

  private StoppedServerDatabase(Connection connection, String integrityCheck) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      integrity = text(statement, integrityCheck);
      each(
          statement,
          "SELECT " + KEY + ", action FROM pairing_audit WHERE channel IS NOT NULL ORDER BY id",
          (key, row) -> audit.computeIfAbsent(key, k -> new ArrayList<>()).add(row.getString(4)));
      each(
          statement,
          "SELECT " + KEY + ", request_id, code FROM pairing_pending",
          (key, row) -> pending.put(key, new Request(row.getString(4), row.getString(5))));
      each(
          statement,
          "SELECT " + KEY + ", revoked_at IS NOT NULL, approved_via FROM pairing_allow_from",
          (key, row) -> allowed.put(key, new Allowed(row.getBoolean(4), row.getString(5))));
      each(
          statement,
          "SELECT " + KEY + " FROM pairing_blocked WHERE denied_until IS NOT NULL",
          (key, row) -> denied.add(key));
      each(
          statement,
          "SELECT " + KEY + ", request_id, sent_at IS NOT NULL, kind FROM pairing_outbox",
          (key, row) ->
              outbox.add(new Waiting(key, row.getString(4), row.getBoolean(5), row.getString(6))));
      mostPending =
          Long.parseLong(
              text(
                  statement,
                  "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM pairing_pending"
                      + " GROUP BY channel, account_id) AS accounts"));
    }
  }

  private interface Row {
    void take(SenderKey key, ResultSet row) throws SQLException;
  }

  private static void each(Statement statement, String sql, Row work) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        work.take(new SenderKey(rows.getString(1), rows.getString(2), rows.getString(3)), rows);
      }
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The actions of the audit trail by sender, oldest first. */
  Map<SenderKey, List<String>> audit() {
    return audit;
  }

  /** Returns a copy without an account to which other clients than the load have written. */
  StoppedServerDatabase without(String accountId) {
    Predicate<SenderKey> its = key -> key.accountId().equals(accountId);
    audit.keySet().removeIf(its);
    pending.keySet().removeIf(its);
    allowed.keySet().removeIf(its);
    denied.removeIf(its);
    outbox.removeIf(row -> its.test(row.to()));
    return this;
  }

  /** Checks each row of the database against the acknowledged changes. */
  void check(AcknowledgedChanges ledger) {
    assertThat(integrity).isEqualTo("ok");
    assertThat(mostPending).as("the fullest account").isLessThanOrEqualTo(3);
    Map<SenderKey, String> inFlight = new HashMap<>();
    for (AcknowledgedChanges.Flight flight : ledger.flights()) {
      flight.senders().forEach(sender -> inFlight.put(sender, flight.action()));
      assertThat(flight.senders().stream().map(key -> lastAction(key).equals(flight.action())))
          .as("%s is there as a whole or not at all", flight)
          .doesNotContain(!lastAction(flight.senders().get(0)).equals(flight.action()));
    }
    ledger
        .stories()
        .forEach(
            (sender, story) -> {
              List<String> actual = audit.getOrDefault(sender, List.of());
              List<String> further = new ArrayList<>(story.acknowledged());
              if (inFlight.containsKey(sender)) {
                further.add(inFlight.get(sender));
              }
              assertThat(actual)
                  .as("what was acknowledged to %s, in flight: %s", sender, inFlight.get(sender))
                  .isIn(story.acknowledged(), further);
              checkRows(sender, story, lastAction(sender));
            });
    Set<SenderKey> strangers = new HashSet<>(audit.keySet());
    strangers.addAll(pending.keySet());
    strangers.addAll(allowed.keySet());
    strangers.addAll(denied);
    strangers.removeAll(ledger.stories().keySet());
    assertThat(strangers).as("rows nobody asked for").isEmpty();
    checkOutbox();
  }

  private String lastAction(SenderKey sender) {
    List<String> actions = audit.getOrDefault(sender, List.of(""));
    return actions.get(actions.size() - 1);
  }

  /** Checks that the rows of a sender match the audit trail. */
  private void checkRows(SenderKey sender, AcknowledgedChanges.Story story, String last) {
    Request request = pending.get(sender);
    assertThat(request != null)
        .as("pending: %s, %s", sender, last)
        .isEqualTo(last.equals("challenged"));
    assertThat(denied.contains(sender))
        .as("denied: %s, %s", sender, last)
        .isEqualTo(last.equals("denied"));
    Allowed expected =
        switch (last) {
          case "approved" -> new Allowed(false, "api");
          case "seeded" -> new Allowed(false, "seed");
          case "revoked" -> new Allowed(true, "api");
          default -> null;
        };
    assertThat(allowed.get(sender)).as("allowed: %s, %s", sender, last).isEqualTo(expected);
    if (request != null) {
      if (story.code() != null) {
        assertThat(request.code().equals(story.code())).as("the code of %s", sender).isTrue();
      }
      assertThat(outbox.stream().anyMatch(row -> row.requestId().equals(request.requestId())))
          .as("the challenge of %s is in the outbox", sender)
          .isEqualTo(story.delivered());
    }
  }

  private void checkOutbox() {
    for (Waiting row : outbox) {
      assertThat(audit.get(row.to()))
          .as("the outbox has its request: %s", row)
          .contains("challenged");
      if (row.kind().equals("approved")) {
        assertThat(audit.get(row.to())).as("it was approved: %s", row).contains("approved");
      } else if (!row.sent()) {
        assertThat(pending.get(row.to())).as("what waits has its request: %s", row).isNotNull();
        assertThat(pending.get(row.to()).requestId()).isEqualTo(row.requestId());
      }
    }
  }
}
