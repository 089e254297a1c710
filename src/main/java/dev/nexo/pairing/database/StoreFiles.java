package dev.nexo.pairing.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The files of an open SQLite database: whether their paths still lead to the files that are open.
 * Thread-safe.
 *
 * <p>If a path leads to another file, SQLite continues with the open one, and the changes are gone
 * after a restart. A file is identified by its device and inode. A file system without them only
 * shows that a file is missing.
 */
final class StoreFiles {

  private record OpenFile(Path path, Object key) {

    static OpenFile at(Path path) throws IOException {
      return new OpenFile(path, key(path));
    }

    private static Object key(Path path) throws IOException {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
  }

  private final List<OpenFile> files;

  private StoreFiles(List<OpenFile> files) {
    this.files = files;
  }

  /**
   * Returns the identity of a file.
   *
   * @throws IOException if it cannot be read
   */
  static StoreFiles of(Path file) throws IOException {
    return new StoreFiles(List.of(OpenFile.at(file)));
  }

  /**
   * Returns these files and SQLite's files with recent changes, which are open by now.
   *
   * @throws IOException if a file is missing or was replaced
   */
  StoreFiles withLog() throws IOException {
    Path file = files.get(0).path();
    List<OpenFile> all = new ArrayList<>(files);
    // SQLite follows links: the other files are beside the real one.
    Path real = file.toRealPath();
    for (String ending : List.of("-wal", "-shm")) {
      all.add(OpenFile.at(real.resolveSibling(real.getFileName() + ending)));
    }
    if (!Objects.equals(OpenFile.key(file), files.get(0).key())) {
      throw new IOException(file + " was replaced while it was opened");
    }
    return new StoreFiles(List.copyOf(all));
  }

  /** Returns the file of the database without links. */
  Path realFile() throws IOException {
    return files.get(0).path().toRealPath();
  }

  /**
   * Moves the log (-wal) aside if its path still leads to the open one, so that SQLite does not
   * apply it to what has overwritten the file.
   *
   * @throws IOException if it cannot be moved
   */
  void moveLogAside() throws IOException {
    OpenFile log = files.get(1);
    if (Files.exists(log.path()) && Objects.equals(OpenFile.key(log.path()), log.key())) {
      Path aside = log.path().resolveSibling(log.path().getFileName() + ".replaced");
      Files.move(log.path(), aside, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Returns if every path leads to the file that is open.
   *
   * @throws StoreReplacedException if not
   */
  void check() throws StoreReplacedException {
    for (OpenFile file : files) {
      try {
        if (!Objects.equals(OpenFile.key(file.path()), file.key())) {
          throw new StoreReplacedException(
              "the file was replaced",
              "another file is at " + file.path() + " than the one that is open");
        }
      } catch (NoSuchFileException e) {
        throw new StoreReplacedException(
            "the file was moved or deleted", file.path() + " was moved or deleted");
      } catch (IOException e) {
        throw new StoreReplacedException(
            "the file cannot be found", file.path() + " cannot be found: " + e.getMessage());
      }
    }
  }
}
