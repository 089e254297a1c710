package dev.nexo.pairing.database;

import dev.nexo.pairing.platform.PairingCodeGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;

/** A database that is open and migrated. Thread-safe. */
final class OpenDatabase implements AutoCloseable {

  private final Engine engine;
  private final SessionFactory sessions;
  private final Map<Connection, StatementCache> kept = new ConcurrentHashMap<>();

  /** Brings the database up to date; closes the engine where that fails. */
  OpenDatabase(Engine engine, PairingCodeGenerator codes, List<Class<?>> entities) {
    this.engine = engine;
    try {
      Migrations.apply(engine, codes);
      sessions = sessionFactory(entities);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private SessionFactory sessionFactory(List<Class<?>> entities) {
    Properties properties = new Properties();
    properties.put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, engine.writer());
    properties.put(AvailableSettings.DIALECT, engine.dialect().getName());
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
    try (Connection connection = engine.readers().getConnection()) {
      return withKept(connection, question);
    }
  }

  /** What is kept goes with its connection, which the pool may replace when it broke. */
  private <T> T withKept(Connection borrowed, Database.Question<T> question) throws SQLException {
    Connection physical = engine.keeper(borrowed);
    if (physical == null) {
      try (StatementCache statements = new StatementCache(borrowed)) {
        return question.ask(statements);
      }
    }
    StatementCache statements = kept.computeIfAbsent(physical, StatementCache::new);
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
    try (Connection connection = engine.readers().getConnection();
        StatelessSession session = sessions.openStatelessSession(connection)) {
      return reading.read(session);
    }
  }

  /** Makes a change, all of it or nothing. */
  <T> T transaction(Database.Change<T> change) throws SQLException {
    try (Connection connection = engine.writer().getConnection()) {
      return withKept(connection, statements -> transaction(connection, statements, change));
    }
  }

  private <T> T transaction(
      Connection connection, StatementCache statements, Database.Change<T> change)
      throws SQLException {
    boolean committed = false;
    try (StatelessSession session = sessions.openStatelessSession(connection)) {
      engine.begin(connection, statements);
      T result = change.make(new Transaction(session, statements));
      engine.commit(connection, statements);
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollBack(connection, statements);
      }
    }
  }

  private void rollBack(Connection connection, StatementCache statements) {
    try {
      engine.rollBack(connection, statements);
    } catch (SQLException e) {
      // SQLite has rolled back by itself, as it does when the disk is full, or the server has gone.
      // What went wrong first is what the caller hears.
    }
  }

  Optional<Instant> time() throws SQLException {
    return engine.time();
  }

  boolean changedByOthers() throws SQLException {
    return engine.changedByOthers();
  }

  @Override
  public void close() {
    sessions.close();
    engine.close();
  }
}
