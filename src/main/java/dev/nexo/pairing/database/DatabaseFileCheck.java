package dev.nexo.pairing.database;

import dev.nexo.pairing.internal.DoctorMessage;
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
        if (mode.contains(PosixFilePermission.OTHERS_WRITE)) {
          return DoctorMessage.DATABASE_FILE_WRITABLE.finding(FILE, file);
        }
        if (mode.contains(PosixFilePermission.OTHERS_READ)) {
          return DoctorMessage.DATABASE_FILE_READABLE.finding(FILE, file);
        }
      } catch (UnsupportedOperationException e) {
        return Finding.ok(FILE, path + " is on a file system without file modes.");
      } catch (NoSuchFileException e) {
        if (ending.isEmpty()) {
          return unknown(FILE, file, e);
        }
      } catch (IOException e) {
        return unknown(FILE, file, e);
      }
    }
    return Finding.ok(FILE, "Other users cannot access " + path + ".");
  }

  private static Finding directory(Path directory) {
    try {
      // A user who can write here can replace the file.
      return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)
          ? DoctorMessage.DATABASE_DIRECTORY_WRITABLE.finding(DIRECTORY, directory)
          : Finding.ok(DIRECTORY, "Other users cannot create files in " + directory + ".");
    } catch (UnsupportedOperationException e) {
      return Finding.ok(DIRECTORY, directory + " is on a file system without file modes.");
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
    long mebibytes = usable >> 20;
    return usable >= LITTLE_SPACE
        ? Finding.ok(SPACE, "The database's disk has " + mebibytes + " MiB of free space.")
        : DoctorMessage.DISK_SPACE_LOW.finding(SPACE, mebibytes);
  }

  private static Finding unknown(String check, Path path, IOException fault) {
    return DoctorMessage.DATABASE_PATH_UNREADABLE.finding(
        check, path, fault.getClass().getSimpleName());
  }
}
