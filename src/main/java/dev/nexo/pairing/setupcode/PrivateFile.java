package dev.nexo.pairing.setupcode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes files of bytes that are their owner's alone, from the first byte and in a directory that
 * is, too. A file is on disk, and so is its name, when a method returns.
 */
final class PrivateFile {

  /** How the name of an unfinished file ends; one is left behind only by a crash. */
  static final String DRAFT = ".draft";

  private PrivateFile() {}

  /**
   * Makes a file, whole or not at all.
   *
   * @throws FileAlreadyExistsException where it is there already, and stays as it is
   */
  static void make(Path path, byte[] bytes) throws IOException {
    Path directory = path.getParent();
    makeDirectory(directory);
    Path draft =
        Files.createTempFile(directory, path.getFileName() + ".", DRAFT, mode(path, "rw-------"));
    try {
      try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          file.write(left);
        }
        file.force(true);
      }
      // A link, because a move would replace what another server has put there meanwhile.
      Files.createLink(path, draft);
    } finally {
      Files.delete(draft);
    }
    sync(directory);
  }

  /** Makes the names in a directory durable, on systems that need to be told. */
  static void sync(Path directory) throws IOException {
    if (isPosix(directory)) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  /** Whether files here have modes. */
  static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    // Only the last one is ours alone; what lies above is made as anybody makes directories.
    Files.createDirectories(directory.getParent());
    try {
      Files.createDirectory(directory, mode(directory, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
