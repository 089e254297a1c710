package dev.nexo.pairing.cli.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that are their owner's alone from the first byte, replaced as a whole or not at all: who
 * reads one gets the old text or the new one, also after a loss of power. Thread-safe.
 */
public final class PrivateFiles {

  private PrivateFiles() {}

  /** Makes a directory and the one above it, where they are missing, open to their owner alone. */
  public static void makeDirectories(Path directory) throws IOException {
    Files.createDirectories(directory.toAbsolutePath().getParent().getParent());
    makeDirectory(directory.toAbsolutePath().getParent());
    makeDirectory(directory);
  }

  private static void makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, mode(directory, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /** Puts a text in place of what the file held. A link there is replaced, not followed. */
  public static void replace(Path path, String text) throws IOException {
    Path directory = path.getParent();
    Path draft = draft(directory);
    try {
      try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(true);
      }
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    settle(directory);
  }

  /** A new empty file under a name of its own. */
  public static Path draft(Path directory) throws IOException {
    return Files.createTempFile(directory, ".nexo", ".draft", mode(directory, "rw-------"));
  }

  /** Makes names durable that were given or taken in a directory. */
  public static void settle(Path directory) throws IOException {
    // Where directories cannot be opened, the file system needs no such thing.
    if (isPosix(directory)) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
