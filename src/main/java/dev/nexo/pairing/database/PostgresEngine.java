package dev.nexo.pairing.database;

import dev.nexo.pairing.platform.IdSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.PostgreSQLDialect;

/**
 * PostgreSQL, from a pool of our own or a data source of the server's.
 *
 * <p>Writing transactions take turns, on all servers together, as SQLite has them do: what a
 * transaction reads is then still so when it writes, and the cap, a denial that meets an approval,
 * and two redemptions of a token need no rules of their own (ADR 17).
 */
final class PostgresEngine implements Engine {

  /** "nexo" in ASCII: whoever takes advisory locks in the same database takes other ones. */
  private static final long TURN = 0x6e65786fL;

  /**
   * Where the database's default is a stricter level, the transaction would go on seeing what was
   * there before it waited for its turn. Settings before the turn: PostgreSQL computes the list
   * from left to right, so the wait is bounded already. All end with the transaction.
   */
  private static final String BEGIN =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT set_config('lock_timeout', '2400ms', true),"
          + " set_config('statement_timeout', '5000ms', true),"
          // A machine that vanishes within its turn does not keep it.
          + " set_config('idle_in_transaction_session_timeout', '5000ms', true),"
          + " set_config('pairing.node', ?, true), pg_advisory_xact_lock(?)";

  private static final String OTHERS =
      "SELECT coalesce(sum(version), 0), pg_is_in_recovery() FROM pairing_change WHERE node <> ?";

  private static final String TIME =
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

  /** PostgreSQL's SQLSTATE for a change in a transaction that only reads. */
  private static final String READ_ONLY = "25006";

  private static final long NEVER_ASKED = -1;

  private final DataSource connections;
  private final AutoCloseable owned;
  private final IdSource ids;
  private volatile String node;
  private long lastSeen = NEVER_ASKED;

  /**
   * Uses these connections.
   *
   * @param connections non-transactional ones, in auto-commit mode
   * @param owned what to close in the end
   * @param ids names this process among all that write to the database
   */
  PostgresEngine(DataSource connections, AutoCloseable owned, IdSource ids) {
    this.connections = connections;
    this.owned = owned;
    this.ids = ids;
    this.node = ids.nextUuid();
  }

  @Override
  public DataSource writer() {
    return connections;
  }

  @Override
  public DataSource readers() {
    return connections;
  }

  @Override
  public Class<? extends Dialect> dialect() {
    return PostgreSQLDialect.class;
  }

  @Override
  public String migrations() {
    return "postgresql";
  }

  /** The driver keeps statements by itself, and connections come and go. */
  @Override
  public Connection keeper(Connection borrowed) {
    return null;
  }

  @Override
  public void begin(Connection connection, StatementCache statements) throws SQLException {
    connection.setAutoCommit(false);
    PreparedStatement begin = statements.of(BEGIN);
    begin.setString(1, node);
    begin.setLong(2, TURN);
    begin.execute();
  }

  @Override
  public void commit(Connection connection, StatementCache statements) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      // It may have come about all the same, now or later. Under another name it is somebody else's
      // change, which the next look finds, and nothing cached is believed.
      node = ids.nextUuid();
      throw e;
    }
    connection.setAutoCommit(true);
  }

  @Override
  public void rollBack(Connection connection, StatementCache statements) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Override
  public Optional<Instant> time() throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement select = connection.prepareStatement(TIME);
        ResultSet row = select.executeQuery()) {
      row.next();
      return Optional.of(Instant.ofEpochMilli(row.getLong(1)));
    }
  }

  /**
   * Every server counts its changes of who is admitted; triggers do, and miss nobody's. A standby
   * knows of changes too late, so it is not asked. The first look cannot tell what has changed
   * before it, and says so.
   */
  @Override
  public synchronized boolean changedByOthers() throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement select = connection.prepareStatement(OTHERS)) {
      select.setString(1, node);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getBoolean(2)) {
          throw new SQLException(
              "This is a standby, and cannot say what has changed by now", READ_ONLY);
        }
        long seen = row.getLong(1);
        boolean changed = lastSeen != seen;
        lastSeen = seen;
        return changed;
      }
    }
  }

  @Override
  public void close() {
    try {
      owned.close();
    } catch (Exception e) {
      throw new IllegalStateException("The connections cannot be closed", e);
    }
  }
}
