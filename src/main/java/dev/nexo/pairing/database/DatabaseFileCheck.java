package dev.nexo.pairing.database;

import dev.nexo.pairing.internal.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks who can access the file of a SQLite database, which contains codes, and how much space is
 * left. Access by the file's group is allowed, because Nexo may use the file under another account.
 */
final class DatabaseFileCheck {

  private static final String FILE = "database_file";
  private static final String DIRECTORY = "database_directory";
  private static final String SPACE = "disk_space";

  /** Less space than this, in bytes, gives a warning. */
  static final long LITTLE_SPACE = 100L << 20;

  /** The endings of SQLite's files; recent changes are in separate files. */
  private static final List<String> ENDINGS = List.of("", "-wal", "-shm");

  private DatabaseFileCheck() {}

  static List<Finding> examine(Path path) {
    Path file = path.toAbsolutePath();
    List<Finding> findings = new ArrayList<>();
    findings.add(file(file));
    findings.add(directory(file.getParent()));
    try {
      findings.add(space(Files.getFileStore(file.getParent()).getUsableSpace()));
    } catch (IOException e) {
      findings.add(unknown(SPACE, file.getParent(), e));
    }
    return findings;
  }

  private static Finding file(Path path) {
    for (String ending : ENDINGS) {
      Path file = path.resolveSibling(path.getFileName() + ending);
      try {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        String remedy = "Run chmod o-rwx '" + file + "'.";
        if (mode.contains(PosixFilePermission.OTHERS_WRITE)) {
          return Finding.fault(
              FILE, file + " may be changed by every user of this machine.", remedy);
        }
        if (mode.contains(PosixFilePermission.OTHERS_READ)) {
          return Finding.warning(
              FILE, file + " may be read by every user of this machine.", remedy);
        }
      } catch (UnsupportedOperationException e) {
        return Finding.ok(FILE, path + " lies where files have no modes.");
      } catch (NoSuchFileException e) {
        if (ending.isEmpty()) {
          return unknown(FILE, file, e);
        }
      } catch (IOException e) {
        return unknown(FILE, file, e);
      }
    }
    return Finding.ok(FILE, path + " is closed to other users.");
  }

  private static Finding directory(Path directory) {
    try {
      // A user who can write here can replace the file.
      return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)
          ? Finding.fault(
              DIRECTORY,
              "Every user of this machine may put files into " + directory + ".",
              "Run chmod o-w '" + directory + "'.")
          : Finding.ok(DIRECTORY, "Other users may put nothing into " + directory + ".");
    } catch (UnsupportedOperationException e) {
      return Finding.ok(DIRECTORY, directory + " lies where files have no modes.");
    } catch (IOException e) {
      return unknown(DIRECTORY, directory, e);
    }
  }

  /**
   * Returns a finding about the free space.
   *
   * @param usable the free space in bytes
   */
  static Finding space(long usable) {
    String text = (usable >> 20) + " MiB are left for the database.";
    return usable >= LITTLE_SPACE
        ? Finding.ok(SPACE, text)
        : Finding.warning(SPACE, text, "Make room there: on a full disk everyone is dropped.");
  }

  private static Finding unknown(String check, Path path, IOException fault) {
    return Finding.fault(
        check,
        path + " cannot be looked at (" + fault.getClass().getSimpleName() + ").",
        "See whether it is there, and give the server's user the right to read it.");
  }
}
