package dev.nexo.pairing.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.sqlite.SQLiteConfig;

/**
 * The connections to a SQLite file: one that writes and several that read. SQLite has one writer at
 * a time anyway; queueing for it here costs less than being turned away there, and a reader that
 * cannot write can never have to become a writer half-way, which is what SQLite refuses.
 */
final class SqlitePools implements AutoCloseable {

  /** Waiting for a connection and then for another process's lock stays within 5 s together. */
  private static final int POOL_WAIT_MILLIS = 2_500;

  private static final int LOCK_WAIT_MILLIS = 2_400;
  private static final int READERS = 4;

  private final HikariDataSource writer;
  private final HikariDataSource readers;

  /**
   * Opens the file, which is made readable by its owner alone where it is not there yet.
   *
   * @throws IOException where the file or its directory cannot be made
   */
  SqlitePools(Path file) throws IOException {
    create(file);
    writer = open(file, "pairing-writer", 1, null);
    try {
      readers = open(file, "pairing-reader", READERS, "PRAGMA query_only = 1");
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  HikariDataSource writer() {
    return writer;
  }

  HikariDataSource readers() {
    return readers;
  }

  private static void create(Path file) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    if (file.getParent() != null && !Files.exists(file.getParent())) {
      Files.createDirectories(file.getParent(), only(posix, "rwx------"));
    }
    try {
      Files.createFile(file, only(posix, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      // It keeps its mode: Nexo may be using it under another account of the same group.
    }
  }

  private static FileAttribute<?>[] only(boolean posix, String mode) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static HikariDataSource open(Path file, String name, int size, String initSql) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.setBusyTimeout(LOCK_WAIT_MILLIS);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setDriverClassName("org.sqlite.JDBC");
    pool.setJdbcUrl("jdbc:sqlite:" + file);
    pool.setDataSourceProperties(sqlite.toProperties());
    pool.setConnectionInitSql(initSql);
    pool.setMaximumPoolSize(size);
    pool.setConnectionTimeout(POOL_WAIT_MILLIS);
    // A file's connections do not go stale; a new one would forget which changes it has seen.
    pool.setMaxLifetime(0);
    pool.setIdleTimeout(0);
    return new HikariDataSource(pool);
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
