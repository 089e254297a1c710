package dev.nexo.pairing.cli.backup;

import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.FileAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * The files of a SQLite database in WAL mode: the database, {@code -wal} with the newest commits,
 * and {@code -shm}, on which programs lock. Takes SQLite's own locks, so that the files can be
 * copied while a server writes ({@code adr/0026-backup-by-locks.md}). For one thread.
 *
 * @param database the database
 */
record SqliteFiles(Path database) {

  /** The offset of SQLite's lock of one writer, in {@code -shm}. */
  private static final int WRITE = 120;

  /** The offset of SQLite's lock of the checkpoint, which moves commits into the database. */
  private static final int CHECKPOINT = 121;

  /** The offset of the lock that every program holds, shared, while it has the database open. */
  private static final int OPEN = 128;

  private static final long LOCK_WAIT_NANOS = 10_000_000_000L;
  private static final long PAUSE_NANOS = 500_000;
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** Returns the files of the server that shares the environment of the command. */
  static SqliteFiles of(CliContext around, Path chosen) {
    String url = around.variable("PAIRING_STORAGE_URL");
    if (chosen == null && url != null) {
      throw new CommandException(
          "The server uses PostgreSQL (PAIRING_STORAGE_URL). To back it up, run: pg_dump"
              + " --format=custom --file=<file> <database>");
    }
    Path configured = chosen != null ? chosen : around.path("PAIRING_STORAGE_PATH");
    Path path =
        configured != null ? configured : around.nexoHome().resolve("data").resolve("pairing.db");
    try {
      // SQLite follows a link, and its other files are beside the target.
      return new SqliteFiles(FileAccess.exists(path) ? path.toRealPath() : path.toAbsolutePath());
    } catch (IOException e) {
      throw new CommandException(path + " cannot be read: " + FileAccess.reason(e), e);
    }
  }

  Path wal() {
    return beside("-wal");
  }

  Path shm() {
    return beside("-shm");
  }

  Path beside(String suffix) {
    return database.resolveSibling(database.getFileName() + suffix);
  }

  /**
   * Copies the database and its WAL, consistent with each other, and with every change that was
   * acknowledged before the call. Changes wait only while the WAL is copied.
   *
   * @param databaseCopy the file to write
   * @param walCopy the file to write; it stays empty if there is no WAL
   * @return whether a program has the database open
   */
  boolean copy(FileChannel databaseCopy, FileChannel walCopy) throws IOException {
    checkIsDatabase(database);
    if (!FileAccess.exists(shm())) {
      // No program has it open, and none may open it meanwhile.
      transfer(database, databaseCopy);
      transferWal(walCopy);
      if (FileAccess.exists(shm())) {
        throw new CommandException("A server was started during the backup. Run the command again");
      }
      return false;
    }
    try (FileChannel locks =
        FileChannel.open(shm(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      boolean open;
      try (FileLock alone = locks.tryLock(OPEN, 1, false)) {
        open = alone == null;
      }
      // Without a checkpoint the database does not change.
      FileLock checkpoint = lock(locks, CHECKPOINT);
      transfer(database, databaseCopy);
      FileLock writer = lock(locks, WRITE);
      transferWal(walCopy);
      writer.release();
      checkpoint.release();
      return open;
    }
  }

  private void transferWal(FileChannel copy) throws IOException {
    if (FileAccess.exists(wal())) {
      transfer(wal(), copy);
    }
  }

  private static void transfer(Path from, FileChannel to) throws IOException {
    Files.copy(from, Channels.newOutputStream(to));
  }

  private static FileLock lock(FileChannel locks, int offset) throws IOException {
    long start = System.nanoTime();
    while (true) {
      FileLock lock = locks.tryLock(offset, 1, false);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - start > LOCK_WAIT_NANOS) {
        throw new CommandException(
            "The database is locked by another program for 10 s. Run the command again");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Checks that a file is a SQLite database in WAL mode, as this module makes it. */
  static void checkIsDatabase(Path file) throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(100);
    }
    boolean sqlite = head.length == 100;
    for (int i = 0; sqlite && i < MAGIC.length; i++) {
      sqlite = head[i] == MAGIC[i];
    }
    if (!sqlite) {
      throw new CommandException(file + " is not a SQLite database");
    }
    if (head[18] != 2 || head[19] != 2) {
      throw new CommandException(
          file + " was not opened by nexo-pairing yet. Start the server once");
    }
  }

  /**
   * Takes the lock that excludes every other program until the channel is closed.
   *
   * @throws CommandException if a program has the database open
   */
  FileChannel lockAlone() throws IOException {
    if (!FileAccess.exists(shm())) {
      OwnedFile.create(shm(), InputStream.nullInputStream());
    }
    FileChannel locks = FileChannel.open(shm(), StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (locks.tryLock(OPEN, 1, false) == null) {
      locks.close();
      throw new CommandException(
          "A server has " + database + " open. Stop it, then run the command again");
    }
    return locks;
  }
}
