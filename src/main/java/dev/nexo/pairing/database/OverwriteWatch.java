package dev.nexo.pairing.database;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;

/**
 * Detects that the open SQLite file was overwritten in place, for example by {@code cp backup.db
 * pairing.db}. The file keeps its inode then, and the old log (-wal) does not belong to the new
 * content: SQLite would mix both. Thread-safe.
 *
 * <p>In WAL mode, only a checkpoint of some process writes into the file. Each checkpoint is
 * visible in the index of the log (-shm): SQLite announces it there before it writes the first page
 * and records it after the last one, and a new log gets new salts. So if the content has changed
 * and the index is the same as before, another program has written. VACUUM, other servers and the
 * {@code sqlite3} command write into the log and do not differ from this server's own changes.
 *
 * <p>Compared are the size, the first page, which describes the whole file, and the page with the
 * counter of {@link StoreIdentity}, which every change of the store writes. They are read only if
 * the file's time or the index has changed. If a checkpoint is running or was interrupted, nothing
 * is known, and the next call compares again. What is overwritten between two calls between which
 * there was also a checkpoint or a new log is not detected.
 *
 * <p>The files are opened once and closed after SQLite's connections, because closing one of them
 * releases the locks that this process has on it.
 */
final class OverwriteWatch implements AutoCloseable {

  private static final Logger LOG = System.getLogger(OverwriteWatch.class.getName());

  /** The version of the index whose fields are known: SQLite has used it since 2010. */
  private static final int INDEX_VERSION = 3_007_000;

  private static final int INDEX_LENGTH = 136;
  private static final int SALTS_AT = 32;
  private static final int WRITTEN_AT = 96;
  private static final int ANNOUNCED_AT = 128;

  /** The frames of a log that checkpoints have copied, or have announced to copy. */
  private record Checkpoints(long salts, int written, int announced) {

    boolean isComplete() {
      return written == announced;
    }
  }

  /** The file as it was when no checkpoint ran. */
  private record Content(Checkpoints checkpoints, FileTime time, long size, byte[] pages) {}

  private final Path file;
  private final long counterAt;
  private final int pageSize;
  private FileChannel content;
  private FileChannel indexFile;

  /** Null if the index cannot be read while SQLite uses it. Then nothing is detected. */
  private MappedByteBuffer index;

  private Content last;
  private volatile String overwritten;

  /**
   * Opens the files, which SQLite has opened before.
   *
   * @param file the file, without links
   * @param counterPage the number of the page with the counter of {@link StoreIdentity}, from 1
   * @param pageSize in bytes
   */
  OverwriteWatch(Path file, long counterPage, int pageSize) {
    this.file = file;
    this.counterAt = (counterPage - 1) * pageSize;
    this.pageSize = pageSize;
    try {
      content = FileChannel.open(file, StandardOpenOption.READ);
      indexFile =
          FileChannel.open(
              file.resolveSibling(file.getFileName() + "-shm"), StandardOpenOption.READ);
      index = indexFile.map(FileChannel.MapMode.READ_ONLY, 0, INDEX_LENGTH);
      index.order(ByteOrder.nativeOrder());
    } catch (IOException e) {
      // What is open stays open, because closing it releases SQLite's locks.
      LOG.log(Level.DEBUG, "Cannot detect that " + file + " is overwritten", e);
    }
  }

  /**
   * Returns if the file was not overwritten since the first call, as far as can be known.
   *
   * @throws StoreReplacedException if it was overwritten; then every further call throws, too
   */
  void check() throws StoreReplacedException {
    if (overwritten == null && index != null) {
      compare();
    }
    if (overwritten != null) {
      throw new StoreReplacedException("the file was overwritten", overwritten);
    }
  }

  /** Returns whether the file was overwritten. */
  boolean isOverwritten() {
    return overwritten != null;
  }

  private synchronized void compare() {
    try {
      Checkpoints before = checkpoints();
      FileTime time = Files.getLastModifiedTime(file);
      if (last != null && last.checkpoints().equals(before) && last.time().equals(time)) {
        return;
      }
      long size = content.size();
      byte[] pages = pages();
      if (!before.isComplete() || !before.equals(checkpoints())) {
        return;
      }
      if (last != null
          && last.checkpoints().equals(before)
          && (last.size() != size || !Arrays.equals(last.pages(), pages))) {
        overwritten =
            file
                + " was overwritten in place by another program, such as cp, and the previous"
                + " content is lost";
        return;
      }
      last = new Content(before, time, size, pages);
    } catch (IOException e) {
      // Not known. SQLite itself reports a file that cannot be read.
    }
  }

  private Checkpoints checkpoints() throws IOException {
    if (index.getInt(0) != INDEX_VERSION) {
      throw new IOException("Unknown version of " + file + "-shm");
    }
    // Other threads and processes change the memory; the order of the reads matters.
    VarHandle.fullFence();
    Checkpoints now =
        new Checkpoints(
            index.getLong(SALTS_AT), index.getInt(WRITTEN_AT), index.getInt(ANNOUNCED_AT));
    VarHandle.fullFence();
    return now;
  }

  private byte[] pages() throws IOException {
    ByteBuffer pages = ByteBuffer.allocate(2 * pageSize);
    read(pages.limit(pageSize), 0);
    read(pages.limit(2 * pageSize).position(pageSize), counterAt);
    return pages.array();
  }

  private void read(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = content.read(into, at);
      if (count < 0) {
        return;
      }
      at += count;
    }
  }

  /** Closes the files. Call it after SQLite's connections are closed. */
  @Override
  public void close() throws IOException {
    for (FileChannel open : Arrays.asList(content, indexFile)) {
      if (open != null) {
        open.close();
      }
    }
  }
}
