package dev.nexo.pairing.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the file of a database, its owner's alone from the start. */
final class DatabaseFile {

  private DatabaseFile() {}

  /**
   * Makes the file and its directory where they are not there.
   *
   * @throws IOException where that is not possible
   */
  static void create(Path file) throws IOException {
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
}
