package dev.nexo.pairing.database;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.PairingCodeGenerator;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;

/** A database that is open and migrated. Thread-safe. */
final class OpenDatabase implements AutoCloseable {

  /**
   * The time before the deadline after which no change runs again: it may wait 2.4 s for its turn.
   */
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

  /** How often a change that conflicts with another one runs, including the first time. */
  private static final int MAX_TRIES = 5;

  private final Engine engine;
  private final SessionFactory sessions;
  private final StoreIdentity identity;
  private final Map<Connection, StatementCache> kept = new ConcurrentHashMap<>();

  /**
   * Opens the database that the configuration names and applies the missing migrations.
   *
   * @throws IOException if the file of the database cannot be created
   * @throws RuntimeException if the database refuses the connection or a migration fails
   */
  OpenDatabase(
      StorageSettings settings, IdSource ids, PairingCodeGenerator codes, List<Class<?>> entities)
      throws IOException {
    engine =
        settings.isFile() ? new SqliteEngine(settings.path()) : PostgresEngine.open(settings, ids);
    try {
      Migrations.apply(engine, codes);
      sessions = sessionFactory(entities);
      identity = new StoreIdentity(engine.address());
      accept(ids.nextUuid());
      engine.opened();
    } catch (SQLException e) {
      engine.close();
      throw new IllegalStateException(e.getMessage(), e);
    } catch (RuntimeException | IOException e) {
      engine.close();
      throw e;
    }
  }

  /** Accepts the store as it is. Other servers that are running compare it with what they know. */
  private void accept(String opening) throws SQLException {
    try (Connection connection = engine.writer().getConnection();
        StatementCache statements = new StatementCache(connection)) {
      engine.begin(connection, statements, Turn.ALL);
      StoreIdentity.State state = identity.open(statements, opening);
      engine.commit(connection, statements);
      identity.saw(state);
    }
  }

  /**
   * Returns whether others have narrowed access since the last call; true at first, and if calls
   * have failed until now. Checks first whether the database is the store that was opened, in its
   * newest state. If not, all calls fail until a later check succeeds.
   *
   * @throws StoreReplacedException if it is not
   */
  boolean narrowedByOthers() throws SQLException {
    long deadline = deadline();
    boolean restored = verify(deadline);
    return engine.narrowedByOthers(deadline) || restored;
  }

  /** Returns the time of the database's own clock; empty if it uses this machine's. */
  Optional<Instant> time() throws SQLException {
    return engine.time(deadline());
  }

  private boolean verify(long deadline) throws SQLException {
    StoreReplacedException before = identity.refusal();
    try {
      engine.checkFiles();
      try (Connection borrowed = engine.borrow(engine.readers(), deadline)) {
        engine.limited(
            borrowed,
            deadline,
            connection -> {
              check(connection);
              return null;
            });
      }
      identity.accept(before);
      return before != null;
    } catch (StoreReplacedException e) {
      identity.refuse(e);
      detach();
      throw e;
    }
  }

  private void detach() {
    try {
      engine.detach();
    } catch (SQLException e) {
      // Another process reads the files; the next check tries again.
    }
  }

  private void check(Connection connection) throws SQLException {
    boolean accepted = false;
    try {
      withKept(
          connection,
          statements -> {
            identity.saw(identity.read(statements));
            return null;
          });
      accepted = true;
    } finally {
      engine.checked(connection, accepted);
    }
  }

  /** Returns whether calls fail because the database is not the store that was opened. */
  boolean isRefused() {
    return identity.refusal() != null;
  }

  private static long deadline() {
    return System.nanoTime() + StorageBudget.leftNanos();
  }

  /** Reads on a borrowed connection. */
  private <T> T onReader(SqlFunction<Connection, T> query) throws SQLException {
    identity.ensureAccepted();
    long deadline = deadline();
    try (Connection borrowed = engine.borrow(engine.readers(), deadline)) {
      return engine.limited(
          borrowed,
          deadline,
          connection -> {
            if (engine.isCheckDue(connection)) {
              check(connection);
            }
            return query.apply(connection);
          });
    } catch (SQLException e) {
      throw refusing(e);
    }
  }

  /** Refuses the store if this is the reason of a failure. Returns the failure. */
  private SQLException refusing(SQLException failure) {
    if (failure instanceof StoreReplacedException replaced) {
      identity.refuse(replaced);
    }
    return failure;
  }

  private SessionFactory sessionFactory(List<Class<?>> entities) {
    Properties properties = new Properties();
    properties.put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, engine.writer());
    properties.put(AvailableSettings.DIALECT, engine.dialect().getName());
    properties.put("hibernate.boot.allow_jdbc_metadata_access", "false");
    properties.put(AvailableSettings.TRANSACTION_COORDINATOR_STRATEGY, "jdbc");
    properties.put(AvailableSettings.JAKARTA_VALIDATION_MODE, "none");
    // Maps the attribute accountId to the column account_id.
    properties.put(
        AvailableSettings.PHYSICAL_NAMING_STRATEGY,
        CamelCaseToUnderscoresNamingStrategy.class.getName());
    // Entities have no lazy attributes that generated bytecode would load.
    properties.put(AvailableSettings.BYTECODE_PROVIDER, "none");
    Configuration configuration = new Configuration().addProperties(properties);
    entities.forEach(configuration::addAnnotatedClass);
    return configuration.buildSessionFactory();
  }

  <T> T query(SqlFunction<StatementCache, T> query) throws SQLException {
    return onReader(connection -> withKept(connection, query));
  }

  /**
   * Runs a query with the statement cache of its connection. The cache is closed with the
   * connection, which the pool replaces if it fails.
   */
  private <T> T withKept(Connection borrowed, SqlFunction<StatementCache, T> query)
      throws SQLException {
    Connection physical = engine.keeper(borrowed);
    if (physical == null) {
      try (StatementCache statements = new StatementCache(borrowed)) {
        return query.apply(statements);
      }
    }
    StatementCache statements = kept.computeIfAbsent(physical, StatementCache::new);
    boolean done = false;
    try {
      T answer = query.apply(statements);
      done = true;
      return answer;
    } finally {
      if (!done) {
        kept.remove(physical);
        statements.close();
      }
    }
  }

  <T> T read(SqlFunction<StatelessSession, T> query) throws SQLException {
    return onReader(
        connection -> {
          try (StatelessSession session = sessions.openStatelessSession(connection)) {
            return query.apply(session);
          }
        });
  }

  /**
   * Makes a change in one transaction, which is rolled back if anything fails. If it conflicts with
   * another one, it runs again on the same connection, before the same deadline.
   */
  <T> T transaction(Turn turn, SqlFunction<Transaction, T> change) throws SQLException {
    identity.ensureAccepted();
    long deadline = deadline();
    try (Connection borrowed = engine.borrow(engine.writer(), deadline)) {
      return engine.limited(
          borrowed,
          deadline,
          connection -> {
            int tries = 1;
            while (true) {
              try {
                return withKept(
                    connection, statements -> transaction(connection, statements, turn, change));
              } catch (SQLException | PersistenceException e) {
                if (tries++ >= MAX_TRIES || isLate(deadline) || !DatabaseFailure.isConflict(e)) {
                  throw e;
                }
              }
            }
          });
    } catch (SQLException e) {
      throw refusing(e);
    }
  }

  private static boolean isLate(long deadline) {
    return deadline - System.nanoTime() < RETRY_NANOS;
  }

  private <T> T transaction(
      Connection connection,
      StatementCache statements,
      Turn turn,
      SqlFunction<Transaction, T> change)
      throws SQLException {
    boolean committed = false;
    try (StatelessSession session = sessions.openStatelessSession(connection)) {
      engine.begin(connection, statements, turn);
      // A mark has no turn: counting it would order it with all changes.
      StoreIdentity.State state =
          turn == Turn.ALL ? identity.count(statements) : identity.read(statements);
      T result = change.apply(new Transaction(session, statements));
      engine.checkFiles();
      engine.commit(connection, statements);
      committed = true;
      identity.saw(state);
      // If the files were replaced since the last check, the change is not in the new ones.
      engine.checkFiles();
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
      // SQLite has rolled back by itself, for example because the disk is full, or the PostgreSQL
      // server is unreachable. The caller gets the first failure.
    }
  }

  @Override
  public void close() {
    sessions.close();
    engine.close();
  }
}
