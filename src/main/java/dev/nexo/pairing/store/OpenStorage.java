package dev.nexo.pairing.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.community.dialect.SQLiteDialect;
import org.sqlite.SQLiteConnection;

/** A database that is open and migrated. Thread-safe. */
final class OpenStorage implements AutoCloseable {

  private static final Object NEVER_ASKED = new Object();

  private final SqlitePools pools;
  private final SessionFactory sessions;
  private final Map<Connection, KeptStatements> kept = new ConcurrentHashMap<>();
  private Object lastSeen = NEVER_ASKED;

  OpenStorage(Path file, CodeSource codes, List<Class<?>> entities) throws IOException {
    pools = new SqlitePools(file);
    try {
      Migrations.apply(pools.writer(), codes);
      sessions = sessionFactory(entities);
    } catch (RuntimeException e) {
      pools.close();
      throw e;
    }
  }

  private SessionFactory sessionFactory(List<Class<?>> entities) {
    Properties properties = new Properties();
    properties.put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, pools.writer());
    properties.put(AvailableSettings.DIALECT, SQLiteDialect.class.getName());
    properties.put("hibernate.boot.allow_jdbc_metadata_access", "false");
    properties.put(AvailableSettings.TRANSACTION_COORDINATOR_STRATEGY, "jdbc");
    properties.put(AvailableSettings.JAKARTA_VALIDATION_MODE, "none");
    // Rows are plain classes without lazy parts: nothing to be woven.
    properties.put(AvailableSettings.BYTECODE_PROVIDER, "none");
    Configuration configuration = new Configuration().addProperties(properties);
    entities.forEach(configuration::addAnnotatedClass);
    return configuration.buildSessionFactory();
  }

  <T> T query(Database.Question<T> question) throws SQLException {
    try (Connection connection = pools.readers().getConnection()) {
      return withKept(connection, question);
    }
  }

  /** What is kept goes with its connection, which the pool may replace when it broke. */
  private <T> T withKept(Connection borrowed, Database.Question<T> question) throws SQLException {
    Connection physical = borrowed.unwrap(SQLiteConnection.class);
    KeptStatements statements = kept.computeIfAbsent(physical, KeptStatements::new);
    boolean done = false;
    try {
      T answer = question.ask(statements);
      done = true;
      return answer;
    } finally {
      if (!done) {
        kept.remove(physical);
        statements.close();
      }
    }
  }

  <T> T read(Database.Reading<T> reading) throws SQLException {
    try (Connection connection = pools.readers().getConnection();
        StatelessSession session = sessions.openStatelessSession(connection)) {
      return reading.read(session);
    }
  }

  /**
   * Runs work between BEGIN IMMEDIATE and COMMIT. Said in SQL rather than through the driver's
   * auto-commit, which begins the next transaction, and takes SQLite's one write lock, as soon as
   * one ends.
   */
  <T> T transaction(Database.Change<T> change) throws SQLException {
    try (Connection connection = pools.writer().getConnection()) {
      return withKept(connection, statements -> transaction(connection, statements, change));
    }
  }

  private <T> T transaction(
      Connection connection, KeptStatements statements, Database.Change<T> change)
      throws SQLException {
    statements.of("BEGIN IMMEDIATE").execute();
    boolean committed = false;
    try (StatelessSession session = sessions.openStatelessSession(connection)) {
      T result = change.make(new Transaction(session, statements));
      statements.of("COMMIT").execute();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollBack(statements);
      }
    }
  }

  private static void rollBack(KeptStatements statements) {
    try {
      statements.of("ROLLBACK").execute();
    } catch (SQLException e) {
      // SQLite has rolled back by itself, as it does when the disk is full. What went wrong first
      // is
      // what the caller hears.
    }
  }

  /**
   * Asks SQLite's own change counter, which leaves this connection's commits out; that is why the
   * writer asks: every change of ours goes through it.
   */
  synchronized boolean changedByOthers() throws SQLException {
    try (Connection connection = pools.writer().getConnection();
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("PRAGMA data_version")) {
      version.next();
      Object seen = version.getLong(1);
      boolean changed = lastSeen != NEVER_ASKED && !lastSeen.equals(seen);
      lastSeen = seen;
      return changed;
    }
  }

  /** Takes the write lock and gives it back: fails where the file or the disk is read-only. */
  void checkWritable() throws SQLException {
    transaction(tx -> tx.run("UPDATE pairing_outbox SET attempts = attempts WHERE 1 = 0"));
  }

  @Override
  public void close() {
    sessions.close();
    pools.close();
  }
}
