package dev.nexo.pairing.platform;

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
 * Makes files that are their owner's alone: mode 0600 from the first byte, in a directory of mode
 * 0700 where that has to be made. A file is on disk, and so is its name, when a method returns.
 * Systems without modes have their own defaults. Thread-safe, also between processes.
 */
public final class PrivateFile {

  /** How the name of an unfinished file ends; one is left behind only by a crash. */
  public static final String DRAFT = ".draft";

  private PrivateFile() {}

  /**
   * Makes a file with one line of text, in UTF-8, whole or not at all.
   *
   * @param line without its end
   * @throws FileAlreadyExistsException where it is there already, and stays as it is
   * @throws IOException where it cannot be made
   */
  public static void make(Path path, String line) throws IOException {
    make(path, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes a file, whole or not at all: a server that dies meanwhile leaves no file that is half
   * there, only a draft.
   *
   * @throws FileAlreadyExistsException where it is there already, and stays as it is
   * @throws IOException where it cannot be made
   */
  public static void make(Path path, byte[] bytes) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
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

  /**
   * Makes the names in a directory durable, on systems that need to be told.
   *
   * @throws IOException where it cannot be read
   */
  public static void sync(Path directory) throws IOException {
    if (isPosix(directory)) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  /** Whether files here have modes. */
  public static boolean isPosix(Path path) {
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
