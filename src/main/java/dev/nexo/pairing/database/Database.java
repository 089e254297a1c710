package dev.nexo.pairing.database;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.PairingCodeGenerator;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.hibernate.StatelessSession;
import org.hibernate.exception.ConstraintViolationException;

/**
 * The database as the rest of the room sees it: reads, and changes that are durable when they
 * return. Thread-safe. A database that cannot be opened is tried again every second, and until then
 * every call fails at once. The cause of a failure is in the log once, and not with every call.
 */
@Component
public class Database implements ReadinessCheck {

  private static final int RETRY_MILLIS = 1_000;

  /** How often a change is made again because a constraint turned it down. */
  private static final int MAX_TRIES = 5;

  private final StorageSettings settings;
  private final PairingCodeGenerator codes;
  private final IdSource ids;
  private final ScheduledExecutorService background;
  private final List<Class<?>> entities;
  private final DatabaseHealth condition;
  private final WriteProbe writeCheck;

  private volatile OpenDatabase open;
  private volatile ScheduledFuture<?> reopening;

  @Inject
  Database(
      StorageSettings settings,
      PairingCodeGenerator codes,
      IdSource ids,
      ScheduledExecutorService background,
      @Any Instance<EntityClasses> entities) {
    this.settings = settings;
    this.codes = codes;
    this.ids = ids;
    this.background = background;
    this.entities = entities.stream().flatMap(room -> room.classes().stream()).toList();
    this.condition = new DatabaseHealth(settings, System::nanoTime);
    this.writeCheck = new WriteProbe(condition, settings, System::nanoTime);
  }

  /** Before anybody can ask for anything. */
  @PostConstruct
  void open() {
    tryToOpen();
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    reopening =
        background.scheduleWithFixedDelay(
            this::tryToOpen, RETRY_MILLIS, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void tryToOpen() {
    if (open != null) {
      return;
    }
    try {
      open = new OpenDatabase(Engines.open(settings, ids), codes, entities);
      condition.opened();
    } catch (RuntimeException | IOException | LinkageError e) {
      condition.openFailed(e);
    }
  }

  @PreDestroy
  void stop() {
    if (reopening != null) {
      reopening.cancel(false);
    }
    synchronized (this) {
      if (open != null) {
        open.close();
        open = null;
        condition.stopped();
      }
    }
  }

  /** A question in SQL. */
  @FunctionalInterface
  public interface Question<T> {
    /** Asks by these statements. */
    T ask(StatementCache statements) throws SQLException;
  }

  /** A question through a session. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads through this session. */
    T read(StatelessSession session) throws SQLException;
  }

  /** A change. */
  @FunctionalInterface
  public interface Change<T> {
    /** Makes the change in this transaction. */
    T make(Transaction tx) throws SQLException;
  }

  /**
   * Reads by hand-written SQL; for what is asked of every message the cache cannot answer, and of
   * every request of a companion.
   *
   * @throws StorageUnavailableException where the database does not answer
   */
  public <T> T query(Question<T> question) {
    try {
      return storage().query(question);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /**
   * Reads.
   *
   * @throws StorageUnavailableException where the database does not answer
   */
  public <T> T read(Reading<T> reading) {
    try {
      return storage().read(reading);
    } catch (SQLException | PersistenceException e) {
      throw unavailable(e);
    }
  }

  /**
   * Makes a change in one transaction, which is on disk when this returns. A change that a
   * constraint turned down is made again from the start, and so has no effect beyond the database.
   *
   * @throws StorageUnavailableException where the database does not do it
   */
  public <T> T write(Change<T> change) {
    ConstraintViolationException violated = null;
    for (int i = 0; i < MAX_TRIES; i++) {
      try {
        T result = storage().transaction(change);
        condition.changed();
        return result;
      } catch (ConstraintViolationException e) {
        violated = e;
      } catch (SQLException | PersistenceException e) {
        throw unavailable(e);
      }
    }
    throw unavailable(violated);
  }

  /**
   * Whether another process has changed the database since this was last asked; true at first.
   *
   * @throws StorageUnavailableException where that cannot be known
   */
  public boolean changedByOthers() {
    try {
      return storage().changedByOthers();
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /**
   * What time it is by the database's own clock; empty where it has none but this machine's.
   *
   * @throws StorageUnavailableException where it does not answer
   */
  Optional<Instant> time() {
    try {
      return storage().time();
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private OpenDatabase storage() {
    OpenDatabase storage = open;
    if (storage == null) {
      throw new StorageUnavailableException("The database is not open", null);
    }
    return storage;
  }

  /** The condition writes the cause to the log, once for many callers. */
  private StorageUnavailableException unavailable(Exception cause) {
    condition.callFailed(cause);
    return new StorageUnavailableException(
        "The database failed: " + DatabaseFailure.of(cause, settings).words(), cause);
  }

  /**
   * Returns whether the database takes changes, by a change that is committed unless the last one
   * is younger than a second. Takes up to 5 s if the database does not answer.
   */
  DatabaseHealth.Known writability() {
    OpenDatabase storage = open;
    return storage == null ? condition.known() : writeCheck.run(storage);
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public State check() {
    DatabaseHealth.Known known = writability();
    return known.writable()
        ? new State(true, Map.of("database", "writable", "migrations", Migrations.NEWEST))
        : new State(false, Map.of("database", "not writable: " + known.failure().words()));
  }
}
