package dev.nexo.pairing.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes files that are their owner's alone, from the first byte and in a directory that is, too.
 */
final class PrivateFile {

  private PrivateFile() {}

  /**
   * Makes a file with one line of text, whole or not at all: a server that dies here leaves no
   * empty file to stumble over.
   *
   * @throws FileAlreadyExistsException where it is there already, and stays as it is
   */
  static void make(Path path, String line) throws IOException {
    makeDirectory(path.toAbsolutePath().getParent());
    Path draft = Files.createTempFile(path.getParent(), "nexo", ".draft", mode(path, "rw-------"));
    try {
      try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(true);
      }
      // A link, because a move would replace what another server has put there meanwhile.
      Files.createLink(path, draft);
    } finally {
      Files.delete(draft);
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
