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
 * The entry point to the database: reads, and changes that are durable when they return.
 * Thread-safe.
 *
 * <p>If the database cannot be opened, this tries again every second, and every call fails at once
 * until then. The log has the cause of a failure once, not once for each call.
 */
@Component
public class Database implements ReadinessCheck {

  private static final int RETRY_MILLIS = 1_000;

  /** How often a change runs that violates a constraint. */
  private static final int MAX_TRIES = 5;

  private final StorageSettings settings;
  private final PairingCodeGenerator codes;
  private final IdSource ids;
  private final ScheduledExecutorService background;
  private final List<Class<?>> entities;
  private final DatabaseHealth health;
  private final WriteProbe writeProbe;

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
    this.entities =
        entities.stream().flatMap(registration -> registration.classes().stream()).toList();
    this.health = new DatabaseHealth(settings, System::nanoTime);
    this.writeProbe = new WriteProbe(health, System::nanoTime);
  }

  /** Opens the database before the first call. */
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
      open = new OpenDatabase(settings, ids, codes, entities);
      health.opened();
    } catch (RuntimeException | IOException | LinkageError e) {
      health.openFailed(e);
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
        health.stopped();
      }
    }
  }

  /**
   * Reads through JDBC.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  public <T> T query(SqlFunction<StatementCache, T> query) {
    return call(open -> open.query(query));
  }

  /**
   * Reads entities.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  public <T> T read(SqlFunction<StatelessSession, T> query) {
    return call(open -> open.read(query));
  }

  /**
   * Makes a change in one transaction, which is on disk when this returns. If an entity violates a
   * constraint, the change runs again from the start, so it must have no effect outside the
   * database.
   *
   * @throws StorageUnavailableException if the database does not complete the change
   */
  public <T> T write(SqlFunction<Transaction, T> change) {
    ConstraintViolationException violated = null;
    for (int i = 0; i < MAX_TRIES; i++) {
      try {
        T result = storage().transaction(change);
        health.changed();
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
   * Returns whether another process has changed the database since the last call; true at first.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  public boolean changedByOthers() {
    return call(open -> open.engine().changedByOthers());
  }

  /**
   * Returns the time of the database's own clock, or empty if it uses this machine's.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  Optional<Instant> time() {
    return call(open -> open.engine().time());
  }

  private <T> T call(SqlFunction<OpenDatabase, T> call) {
    try {
      return call.apply(storage());
    } catch (SQLException | PersistenceException e) {
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

  /** The health writes the cause to the log, once for many callers. */
  private StorageUnavailableException unavailable(Exception cause) {
    health.callFailed(cause);
    return new StorageUnavailableException(
        "The database failed: " + DatabaseFailure.of(cause, settings).words(), cause);
  }

  /**
   * Returns whether the database takes changes, by a change that is committed unless the last one
   * is younger than a second. Takes up to 5 s if the database does not answer.
   */
  DatabaseHealth.Known writability() {
    OpenDatabase storage = open;
    return storage == null ? health.known() : writeProbe.run(storage);
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
