package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies an SQLite database with the files beside it: {@code -wal} holds the last writes, {@code
 * -journal} the pages that an unfinished transaction has overwritten (SQLite's file format,
 * sections 3 and 4). They are consistent only together, so it copies them again if one of them
 * changes during the copy. For one thread.
 */
final class DatabaseFiles {

  /** The maximum size of a file, in bytes. */
  static final long MAX_BYTES = 1024L * 1024 * 1024;

  /** The number of attempts. */
  static final int TRIES = 3;

  private static final String JOURNAL = "-journal";
  private static final List<String> SUFFIXES = List.of("", "-wal", JOURNAL);

  /** The end of a journal that names the super-journal of several databases. */
  private static final long JOURNAL_MAGIC = 0xd9d505f920a163d7L;

  /** Copies one file to a path without a file. */
  interface Copier {
    void copy(Path from, Path to) throws IOException;
  }

  private record State(long size, FileTime written, Object key) {}

  private final Path original;
  private final Copier copier;

  /** Creates a copier. A path from the command line may be a link, which is resolved. */
  DatabaseFiles(Path original, boolean named) throws IOException {
    this(named ? original.toRealPath() : original, DatabaseFiles::copyBytes);
  }

  DatabaseFiles(Path original, Copier copier) {
    this.original = original;
    this.copier = copier;
  }

  /**
   * Copies the files to that path and beside it.
   *
   * @throws CommandException if one is not a file, is a link or is too large, if the journal
   *     belongs to a transaction over several databases, or if the files change during every
   *     attempt
   */
  void copyTo(Path copy) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (tryCopy(copy)) {
        return;
      }
    }
    throw new CommandException(
        original + " changed while it was copied; stop the system that writes to it and try again");
  }

  private boolean tryCopy(Path copy) throws IOException {
    List<State> before = states();
    try {
      for (int i = 0; i < SUFFIXES.size(); i++) {
        Path to = beside(copy, SUFFIXES.get(i));
        Files.deleteIfExists(to);
        if (before.get(i) != null) {
          copier.copy(beside(original, SUFFIXES.get(i)), to);
        }
      }
    } catch (NoSuchFileException e) {
      // SQLite deletes a log or journal when its transaction ends.
      return false;
    }
    if (!before.equals(states())) {
      return false;
    }
    checkJournal(beside(copy, JOURNAL));
    return true;
  }

  private List<State> states() throws IOException {
    List<State> states = new ArrayList<>();
    for (String suffix : SUFFIXES) {
      Path path = beside(original, suffix);
      State state = state(path);
      if (state == null && suffix.isEmpty()) {
        throw new CommandException(path + " does not exist");
      }
      states.add(state);
    }
    return states;
  }

  private static State state(Path path) throws IOException {
    try {
      BasicFileAttributes file =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!file.isRegularFile() || file.size() > MAX_BYTES) {
        throw new CommandException(path + " is not a file, is a link, or is larger than 1 GiB");
      }
      return new State(file.size(), file.lastModifiedTime(), file.fileKey());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static Path beside(Path database, String suffix) {
    return database.resolveSibling(database.getFileName() + suffix);
  }

  private static void copyBytes(Path from, Path to) throws IOException {
    // Files.copy would keep a read-only mode, and SQLite could not roll the copy back.
    try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
        OutputStream out = Files.newOutputStream(to)) {
      in.transferTo(out);
    }
  }

  /**
   * Refuses a journal that names a super-journal: on rollback, SQLite deletes the named file, which
   * is outside the copy.
   */
  private void checkJournal(Path copy) throws IOException {
    if (!Files.exists(copy) || Files.size(copy) < Long.BYTES) {
      return;
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(copy))) {
      in.skipNBytes(Files.size(copy) - Long.BYTES);
      if (in.readLong() != JOURNAL_MAGIC) {
        return;
      }
    }
    throw new CommandException(
        beside(original, JOURNAL)
            + " belongs to an unfinished transaction over several databases; start and stop the"
            + " system that owns it, and try again");
  }
}
