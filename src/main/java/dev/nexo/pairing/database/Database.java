package dev.nexo.pairing.database;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.internal.StoreContinuity;
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

/**
 * The entry point to the database, SQLite or PostgreSQL. Thread-safe.
 *
 * <p><b>What comes in:</b> functions that read ({@link #query}, {@link #read}) or change ({@link
 * #write}).
 *
 * <p><b>What happens:</b> a read runs on a connection that only reads. A change is one transaction;
 * the transactions of all servers run one after another. If an entity violates a constraint, or the
 * database chose the transaction as the victim of a deadlock, the change runs again, up to 5 times
 * in total. Marks that are correct in any order ({@link #mark}) wait for no other change.
 *
 * <p><b>What goes out:</b> the function's result. When {@link #write} returns, the change is on
 * disk.
 *
 * <p><b>What can go wrong:</b> if the database fails or does not answer within 5 s, the call throws
 * {@link StorageUnavailableException}. All calls of one request share these 5 s ({@link
 * StorageBudget}). If the database cannot be opened, this class tries again every second, and until
 * then every call fails immediately. If the database was replaced or lacks changes that this server
 * has seen, every call fails until the store is back ({@link StoreIdentity}). The cause of a
 * failure is logged once and not for each call.
 */
@Component
public class Database implements ReadinessCheck, StoreContinuity {

  private static final int RETRY_MILLIS = 1_000;

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

  /** Opens the database before the first call; a failure does not stop the server. */
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
   * Reads through JDBC and returns the result.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  public <T> T query(SqlFunction<StatementCache, T> query) {
    return call(open -> open.query(query));
  }

  /**
   * Reads entities and returns the result.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  public <T> T read(SqlFunction<StatelessSession, T> query) {
    return call(open -> open.read(query));
  }

  /**
   * Makes a change in one transaction, which is on disk when this returns. If it conflicts with
   * another one, the change runs again from the start, so it must not have effects outside the
   * database.
   *
   * @throws StorageUnavailableException if the database does not complete the change
   */
  public <T> T write(SqlFunction<Transaction, T> change) {
    return write(Turn.ALL, change);
  }

  /**
   * Makes a change like {@link #write}, but without waiting for changes of other servers on
   * PostgreSQL. Only for statements that are correct in any order: each states its condition in its
   * own {@code WHERE}, and none depends on what another one has read.
   *
   * @throws StorageUnavailableException if the database does not complete the change
   */
  public <T> T mark(SqlFunction<Transaction, T> change) {
    return write(Turn.NONE, change);
  }

  private <T> T write(Turn turn, SqlFunction<Transaction, T> change) {
    T result = call(open -> open.transaction(turn, change));
    health.changed();
    return result;
  }

  /**
   * Returns whether another process has narrowed access since the last call, by a revocation, an
   * earlier end, a deletion, a block or a denial; true at first. Checks also whether the database
   * is still the store that was opened. If not, every call fails until a later check succeeds,
   * which then returns true.
   *
   * @throws StorageUnavailableException if the database does not answer or is not the store
   */
  public boolean narrowedByOthers() {
    return call(OpenDatabase::narrowedByOthers);
  }

  @Override
  public boolean isReplaced() {
    OpenDatabase storage = open;
    return storage != null && storage.isRefused();
  }

  /**
   * Returns the time of the database's own clock, or empty if it uses this machine's.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  Optional<Instant> time() {
    return call(OpenDatabase::time);
  }

  private <T> T call(SqlFunction<OpenDatabase, T> call) {
    try (StorageBudget.Wait wait = StorageBudget.startWait()) {
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

  /**
   * Creates the exception for a failed call. {@link DatabaseHealth} logs the cause, once for many
   * callers.
   */
  private StorageUnavailableException unavailable(Exception cause) {
    health.callFailed(cause);
    return new StorageUnavailableException(
        "The database failed: " + DatabaseFailure.of(cause, settings).words(), cause);
  }

  /**
   * Returns whether the database accepts changes. Commits a change to find out, unless one
   * succeeded within the last second. Takes up to 5 s if the database does not answer.
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
