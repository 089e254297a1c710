package dev.nexo.pairing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nexo.pairing.internal.StorageBudget;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.community.dialect.SQLiteDialect;
import org.hibernate.dialect.Dialect;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file: one connection that writes and several that only read. SQLite has one writer at a
 * time anyway, and waiting for a connection costs less than retrying a lock. A read-only connection
 * never has to become a writer during a transaction, which SQLite refuses.
 */
final class SqliteEngine implements Engine {

  /** Waiting for a connection and then for another process's lock takes at most 5 s together. */
  private static final int POOL_WAIT_MILLIS = 2_500;

  private static final int LOCK_WAIT_MILLIS = 2_400;
  private static final int READERS = 4;

  /** How long reads use the result of a check of the files; changes always check. */
  private static final long FILES_CHECKED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private volatile StoreFiles files;

  /** Null until the database is open. */
  private volatile OverwriteWatch overwrites;

  private volatile long filesCheckedAt;
  private Seen lastSeen;

  /** SQLite's change counter, and the number of changes that narrowed access. */
  private record Seen(long dataVersion, long narrowings) {}

  /**
   * Opens the file. If it is missing, creates it readable and writable only by its owner.
   *
   * @throws IOException if the file or its directory cannot be created
   */
  SqliteEngine(Path file) throws IOException {
    create(file);
    files = StoreFiles.of(file);
    writer = open(file, "pairing-writer", 1, null);
    try {
      readers = open(file, "pairing-reader", READERS, "PRAGMA query_only = 1");
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static void create(Path file) throws IOException {
    if (file.getParent() != null && !Files.exists(file.getParent())) {
      Files.createDirectories(file.getParent(), only("rwx------"));
    }
    try {
      Files.createFile(file, only("rw-------"));
    } catch (FileAlreadyExistsException e) {
      // The file exists and keeps its mode: Nexo may use it under another account of the same
      // group.
    }
  }

  private static FileAttribute<?>[] only(String mode) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private HikariDataSource open(Path file, String name, int size, String initSql) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setDataSource(new LockWaitingDataSource("jdbc:sqlite:" + file, sqlite, () -> files));
    pool.setConnectionInitSql(initSql);
    pool.setMaximumPoolSize(size);
    pool.setConnectionTimeout(POOL_WAIT_MILLIS);
    // Connections to a file do not go stale, and a new one has not seen the changes so far.
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
   * Begins a transaction in SQL, because the driver's auto-commit mode acquires the write lock too
   * early (ADR 4).
   */
  @Override
  public void begin(Connection connection, StatementCache statements, Turn turn)
      throws SQLException {
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

  @Override
  public Connection borrow(DataSource source, long deadline) throws SQLException {
    return BoundedPool.borrow(source, deadline, 0);
  }

  @Override
  public <T> T limited(Connection borrowed, long deadline, SqlFunction<Connection, T> work)
      throws SQLException {
    return work.apply(borrowed);
  }

  @Override
  public void opened() throws IOException {
    files = files.withLog();
    try (Connection connection = writer.getConnection();
        Statement statement = connection.createStatement()) {
      checkpoint(statement);
      overwrites =
          new OverwriteWatch(
              files.realFile(),
              number(statement, "SELECT rootpage FROM sqlite_master WHERE name = 'pairing_store'"),
              Math.toIntExact(number(statement, "PRAGMA page_size")));
      overwrites.check();
      openReaders();
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Opens all connections of the pool, which would otherwise open them in the background: one that
   * opens while the file is overwritten could not read it.
   */
  private void openReaders() throws SQLException {
    List<Connection> opened = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) {
        opened.add(readers.getConnection());
      }
    } finally {
      for (Connection connection : opened) {
        connection.close();
      }
    }
  }

  /** Makes the log's index say which frames are in the file. After a crash it does not. */
  private static void checkpoint(Statement statement) {
    try {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException e) {
      // The disk may be full. A later checkpoint does the same.
    }
  }

  @Override
  public String address() {
    return "''";
  }

  @Override
  public void checkFiles() throws StoreReplacedException {
    long now = System.nanoTime();
    // The log of a file that was overwritten has been moved aside, but that is not what is wrong.
    if (!isOverwritten()) {
      files.check();
    }
    OverwriteWatch watch = overwrites;
    if (watch != null) {
      watch.check();
    }
    filesCheckedAt = now;
  }

  /** Checks the files, unless this was done a moment ago. Every connection has the same ones. */
  @Override
  public boolean isCheckDue(Connection borrowed) throws SQLException {
    if (System.nanoTime() - filesCheckedAt >= FILES_CHECKED_NANOS) {
      checkFiles();
    }
    return false;
  }

  @Override
  public void checked(Connection borrowed, boolean accepted) {
    // All connections lead to the same files.
  }

  /**
   * Empties the log (-wal). It may be beside another database by now, which would apply it at its
   * next start. If the open file was overwritten, nothing is left to which the log belongs: it is
   * moved aside.
   */
  @Override
  public void detach() throws SQLException {
    if (isOverwritten()) {
      try {
        files.moveLogAside();
      } catch (IOException e) {
        throw new SQLException(e);
      }
      return;
    }
    try (Connection connection = writer.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  /** Returns empty, because SQLite uses this machine's clock. */
  @Override
  public Optional<Instant> time(long deadline) {
    return Optional.empty();
  }

  /**
   * Reads two counters in one transaction of the writer, so that both belong to the same state.
   * Triggers count every change that narrows access, also this server's. SQLite's own counter does
   * not rise with the commits of its own connection, and the writer makes all of ours: while it is
   * unchanged, everything counted is our own. The first call cannot know what changed before.
   */
  @Override
  public synchronized boolean narrowedByOthers(long deadline) throws SQLException {
    try (Connection connection = writer.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      try {
        long narrowings = number(statement, "SELECT version FROM pairing_narrowing WHERE id = 1");
        Seen now = new Seen(number(statement, "PRAGMA data_version"), narrowings);
        Seen before = lastSeen;
        lastSeen = now;
        return before == null
            || (now.dataVersion() != before.dataVersion()
                && now.narrowings() != before.narrowings());
      } finally {
        statement.execute("ROLLBACK");
      }
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      if (!row.next()) {
        throw new SQLException("The counter of narrowings is missing");
      }
      return row.getLong(1);
    }
  }

  private boolean isOverwritten() {
    OverwriteWatch watch = overwrites;
    return watch != null && watch.isOverwritten();
  }

  @Override
  public void close() {
    readers.close();
    if (isOverwritten()) {
      // The last connection that closes would write the old log into the new content.
      return;
    }
    writer.close();
    closeWatch();
  }

  private void closeWatch() {
    OverwriteWatch watch = overwrites;
    if (watch != null) {
      try {
        watch.close();
      } catch (IOException e) {
        // It was only read.
      }
    }
  }

  /**
   * Opens connections that retry another process's lock every half millisecond. SQLite retries less
   * and less often, down to ten times a second, so that a process that writes without a pause would
   * always get the lock first; {@code SharedFileIT} shows it.
   *
   * <p>Opens none if another file is at the path: SQLite would apply the log of the open file to
   * it. The pool opens a connection again if one has failed.
   */
  private static final class LockWaitingDataSource extends SQLiteDataSource {

    private final Supplier<StoreFiles> files;

    LockWaitingDataSource(String url, SQLiteConfig config, Supplier<StoreFiles> files) {
      super(config);
      setUrl(url);
      this.files = files;
    }

    @Override
    public SQLiteConnection getConnection(String username, String password) throws SQLException {
      files.get().check();
      SQLiteConnection connection = super.getConnection(username, password);
      BusyHandler.setHandler(connection, new LockWait());
      return connection;
    }
  }

  /** Waits for a lock on one connection. */
  private static final class LockWait extends BusyHandler {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private long startedAt;

    @Override
    protected int callback(int retries) {
      if (retries == 0) {
        startedAt = System.nanoTime();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      long waited = System.nanoTime() - startedAt;
      boolean goOn =
          waited < TimeUnit.MILLISECONDS.toNanos(LOCK_WAIT_MILLIS) && StorageBudget.leftNanos() > 0;
      return goOn ? 1 : 0;
    }
  }
}
