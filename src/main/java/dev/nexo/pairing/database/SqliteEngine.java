package dev.nexo.pairing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.community.dialect.SQLiteDialect;
import org.hibernate.dialect.Dialect;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * A SQLite file: one connection that writes and several that read. SQLite has one writer at a time
 * anyway; queueing for it here costs less than being turned away there, and a reader that cannot
 * write can never have to become a writer half-way, which is what SQLite refuses.
 */
final class SqliteEngine implements Engine {

  /** Waiting for a connection and then for another process's lock stays within 5 s together. */
  private static final int POOL_WAIT_MILLIS = 2_500;

  private static final int LOCK_WAIT_MILLIS = 2_400;
  private static final int READERS = 4;

  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private Object lastSeen;

  /**
   * Opens the file, which is made readable by its owner alone where it is not there yet.
   *
   * @throws IOException where the file or its directory cannot be made
   */
  SqliteEngine(Path file) throws IOException {
    DatabaseFile.create(file);
    writer = open(file, "pairing-writer", 1, null);
    try {
      readers = open(file, "pairing-reader", READERS, "PRAGMA query_only = 1");
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static HikariDataSource open(Path file, String name, int size, String initSql) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setDataSource(new SqliteDataSource("jdbc:sqlite:" + file, sqlite, LOCK_WAIT_MILLIS));
    pool.setConnectionInitSql(initSql);
    pool.setMaximumPoolSize(size);
    pool.setConnectionTimeout(POOL_WAIT_MILLIS);
    // A file's connections do not go stale; a new one would forget which changes it has seen.
    pool.setMaxLifetime(0);
    pool.setIdleTimeout(0);
    return new HikariDataSource(pool);
  }

  @Override
  public DataSource writer() {
    return writer;
  }

  @Override
  public DataSource readers() {
    return readers;
  }

  @Override
  public Class<? extends Dialect> dialect() {
    return SQLiteDialect.class;
  }

  @Override
  public String migrations() {
    return "sqlite";
  }

  @Override
  public Connection keeper(Connection borrowed) throws SQLException {
    return borrowed.unwrap(SQLiteConnection.class);
  }

  /**
   * Said in SQL rather than through the driver's auto-commit, which begins the next transaction,
   * and takes SQLite's one write lock, as soon as one ends.
   */
  @Override
  public void begin(Connection connection, StatementCache statements) throws SQLException {
    statements.of("BEGIN IMMEDIATE").execute();
  }

  @Override
  public void commit(Connection connection, StatementCache statements) throws SQLException {
    statements.of("COMMIT").execute();
  }

  @Override
  public void rollBack(Connection connection, StatementCache statements) throws SQLException {
    statements.of("ROLLBACK").execute();
  }

  /** SQLite asks this machine. */
  @Override
  public Optional<Instant> time() {
    return Optional.empty();
  }

  /**
   * Asks SQLite's own change counter, which leaves this connection's commits out; that is why the
   * writer asks: every change of ours goes through it. The first look cannot tell what has changed
   * before it, and says so.
   */
  @Override
  public synchronized boolean changedByOthers() throws SQLException {
    try (Connection connection = writer.getConnection();
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("PRAGMA data_version")) {
      version.next();
      Object seen = version.getLong(1);
      boolean changed = !seen.equals(lastSeen);
      lastSeen = seen;
      return changed;
    }
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
