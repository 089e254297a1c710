package dev.nexo.pairing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.platform.IdSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.postgresql.PGConnection;

/**
 * PostgreSQL, through a pool of its own or a data source of the server.
 *
 * <p>Writing transactions of all servers run one after another, as they do in SQLite. What a
 * transaction has read is then still true when it writes, so the limit on pending requests, a
 * denial during an approval, and two redemptions of a token need no further locking (ADR 17).
 * Changes that are correct in any order take no turn ({@link Turn#NONE}).
 */
final class PostgresEngine implements Engine {

  /**
   * The number of the advisory lock, "nexo" in ASCII, which differs from those of other programs in
   * this database.
   */
  private static final long TURN = 0x6e65786fL;

  /**
   * Begins a transaction. At a stricter isolation level, which may be the database's default, it
   * would not see what others committed while it waited for the lock. PostgreSQL evaluates the list
   * from left to right, so the timeouts already bound the wait. All settings end with the
   * transaction.
   */
  private static final String BEGIN =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT set_config('lock_timeout', '2400ms', true),"
          + " set_config('statement_timeout', '5000ms', true),"
          // If a machine fails during its transaction, the lock is released.
          + " set_config('idle_in_transaction_session_timeout', '5000ms', true),"
          + " set_config('pairing.node', ?, true)";

  private static final String BEGIN_IN_TURN = BEGIN + ", pg_advisory_xact_lock(?)";

  private static final String OTHERS =
      "SELECT coalesce(sum(version), 0), pg_is_in_recovery() FROM pairing_change WHERE node <> ?";

  private static final String TIME =
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

  /** PostgreSQL's SQLSTATE for a change in a read-only transaction. */
  private static final String READ_ONLY = "25006";

  /** The server's own address; null for a socket in the file system. */
  private static final String ADDRESS =
      "host(inet_server_addr()) || ':' || inet_server_port() AS address";

  private static final long NEVER_ASKED = -1;

  /** How long a connection is used for reads until it is checked again. */
  private static final long CHECKED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Waiting for a connection and then for the lock takes at most 5 s together. */
  private static final int POOL_WAIT_MILLIS = 2_000;

  private static final int CONNECTIONS = 8;

  /** How long the pool waits for an answer from a connection that was idle before it lends it. */
  private static final int IDLE_CHECK_MILLIS = 1_000;

  private final DataSource connections;
  private final AutoCloseable owned;
  private final IdSource ids;

  /** Closes connections at their deadline. Closing a socket does not wait for the network. */
  private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1);

  /** The id of this process among all that write to the database. */
  private volatile String node;

  private long lastSeen = NEVER_ASKED;

  /** When each connection was checked, on the clock of {@link System#nanoTime}. */
  private final Map<Object, Long> checkedAt = Collections.synchronizedMap(new WeakHashMap<>());

  private PostgresEngine(DataSource connections, AutoCloseable owned, IdSource ids) {
    this.connections = connections;
    this.owned = owned;
    this.ids = ids;
    this.node = ids.nextUuid();
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /**
   * Opens the data source or the URL of the configuration.
   *
   * @throws RuntimeException if the database refuses the connection
   */
  static PostgresEngine open(StorageSettings settings, IdSource ids) {
    if (settings.jndi().isPresent()) {
      return new PostgresEngine(ServerDataSource.find(settings.jndi().get()), () -> {}, ids);
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("pairing");
    config.setDriverClassName("org.postgresql.Driver");
    config.setJdbcUrl(settings.url().orElseThrow());
    settings.username().ifPresent(config::setUsername);
    settings.password().ifPresent(config::setPassword);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(POOL_WAIT_MILLIS);
    config.setValidationTimeout(IDLE_CHECK_MILLIS);
    // If the network drops all packets, a caller must not be blocked for longer than 5 s, either.
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "5");
    // If there are several hosts, use only the primary: a standby may still admit a sender who was
    // just revoked.
    config.addDataSourceProperty("targetServerType", "primary");
    config.addDataSourceProperty("ApplicationName", "nexo-pairing");
    HikariDataSource pool = new HikariDataSource(config);
    return new PostgresEngine(pool, pool, ids);
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

  /** Returns null, because the driver keeps statements itself. */
  @Override
  public Connection keeper(Connection borrowed) {
    return null;
  }

  @Override
  public void begin(Connection connection, StatementCache statements, Turn turn)
      throws SQLException {
    connection.setAutoCommit(false);
    PreparedStatement begin = statements.of(turn == Turn.ALL ? BEGIN_IN_TURN : BEGIN);
    begin.setString(1, node);
    if (turn == Turn.ALL) {
      begin.setLong(2, TURN);
    }
    begin.execute();
  }

  @Override
  public void commit(Connection connection, StatementCache statements) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      // The change may have been committed, or may be later. With a new id of this process, the
      // change seems to be from another process: the next check finds it and invalidates the cache.
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
  public Optional<Instant> time(long deadline) throws SQLException {
    try (Connection borrowed = borrow(connections, deadline)) {
      return limited(
          borrowed,
          deadline,
          connection -> {
            try (PreparedStatement select = connection.prepareStatement(TIME);
                ResultSet row = select.executeQuery()) {
              row.next();
              return Optional.of(Instant.ofEpochMilli(row.getLong(1)));
            }
          });
    }
  }

  @Override
  public <T> T limited(Connection borrowed, long deadline, SqlFunction<Connection, T> work)
      throws SQLException {
    long nanos = deadline - System.nanoTime();
    int millis = (int) TimeUnit.NANOSECONDS.toMillis(nanos);
    if (millis <= 0) {
      throw BoundedPool.late();
    }
    // The limit for one answer. All answers of the work together have the same limit.
    borrowed.setNetworkTimeout(Runnable::run, millis);
    AtomicBoolean aborted = new AtomicBoolean();
    ScheduledFuture<?> end;
    try {
      end = deadlines.schedule(() -> abort(borrowed, aborted), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new SQLNonTransientConnectionException("The database is closed", e);
    }
    try {
      return work.apply(borrowed);
    } catch (SQLException | RuntimeException e) {
      if (aborted.get()) {
        SQLException late = BoundedPool.late();
        // Not the cause, which would say that the connection was lost.
        late.addSuppressed(e);
        throw late;
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  private static void abort(Connection borrowed, AtomicBoolean aborted) {
    aborted.set(true);
    try {
      borrowed.abort(Runnable::run);
    } catch (SQLException e) {
      // The caller has returned the connection, or its network timeout ends the call.
    }
  }

  @Override
  public Connection borrow(DataSource source, long deadline) throws SQLException {
    return BoundedPool.borrow(source, deadline, IDLE_CHECK_MILLIS);
  }

  @Override
  public void opened() {
    // There are no files.
  }

  @Override
  public String address() {
    return ADDRESS;
  }

  @Override
  public void checkFiles() {
    // There are no files.
  }

  /** Several hosts of the URL may be primaries at the same time, so each connection is checked. */
  @Override
  public boolean isCheckDue(Connection borrowed) throws SQLException {
    Long at = checkedAt.get(physical(borrowed));
    return at == null || System.nanoTime() - at >= CHECKED_NANOS;
  }

  @Override
  public void checked(Connection borrowed, boolean accepted) throws SQLException {
    if (accepted) {
      checkedAt.put(physical(borrowed), System.nanoTime());
    } else if (connections instanceof HikariDataSource pool) {
      // The next connection may lead to another host.
      pool.evictConnection(borrowed);
    }
  }

  /**
   * Returns the driver's connection, which stays the same while the pool lends it. A data source of
   * the server hides it, so all of its connections are treated as one.
   */
  private Object physical(Connection borrowed) throws SQLException {
    return connections instanceof HikariDataSource
        ? borrowed.unwrap(PGConnection.class)
        : connections;
  }

  @Override
  public void detach() {
    // There are no files.
  }

  /**
   * Reads how many narrowings of access triggers have counted for the other processes. A standby
   * receives changes too late, so it is refused. The first call cannot know what changed before.
   */
  @Override
  public boolean narrowedByOthers(long deadline) throws SQLException {
    try (Connection borrowed = borrow(connections, deadline)) {
      return limited(borrowed, deadline, this::narrowed);
    }
  }

  private boolean narrowed(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OTHERS)) {
      select.setString(1, node);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getBoolean(2)) {
          throw new SQLException(
              "This is a standby, and cannot say what has changed by now", READ_ONLY);
        }
        long seen = row.getLong(1);
        synchronized (this) {
          boolean changed = lastSeen != seen;
          lastSeen = seen;
          return changed;
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      owned.close();
    } catch (Exception e) {
      throw new IllegalStateException("The connections cannot be closed", e);
    } finally {
      deadlines.shutdownNow();
    }
  }
}
