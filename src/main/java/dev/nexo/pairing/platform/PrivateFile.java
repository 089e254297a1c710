package dev.nexo.pairing.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Writes files that only their owner can read.
 *
 * <p>A file has mode 0600 from the start. It is written as a draft in the target's directory and
 * renamed when it is complete, so that readers see either the old or the new content, even after a
 * crash. A symbolic link at the target is replaced, not followed. Content and name are on disk when
 * a method returns. File systems without POSIX modes use their defaults.
 *
 * <p>The server and the command line share this class. An instance is for one thread; the static
 * methods are thread-safe, also between processes.
 */
public final class PrivateFile implements AutoCloseable {

  /** The suffix of a draft's name. Drafts remain only after a crash. */
  public static final String DRAFT = ".draft";

  /** What users other than the owner must not have. Execution gives no access to a file. */
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path target;
  private final Path directory;
  private final Path draft;

  private PrivateFile(Path target) throws IOException {
    this.target = target;
    directory = target.toAbsolutePath().getParent();
    draft =
        Files.createTempFile(
            directory, target.getFileName() + ".", DRAFT, mode(directory, "rw-------"));
  }

  /**
   * Creates an empty draft in the target's directory.
   *
   * @throws IOException if the directory is missing or not writable
   */
  public static PrivateFile draft(Path target) throws IOException {
    return new PrivateFile(target);
  }

  /**
   * Creates a file with one line of UTF-8 text and, if it is missing, its directory.
   *
   * @param line without its line end
   * @throws FileAlreadyExistsException if the file exists; it stays as it is
   * @throws IOException if it cannot be created
   */
  public static void make(Path path, String line) throws IOException {
    make(path, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Creates a file and, if it is missing, its directory.
   *
   * @throws FileAlreadyExistsException if the file exists; it stays as it is
   * @throws IOException if it cannot be created
   */
  public static void make(Path path, byte[] bytes) throws IOException {
    makeDirectory(path.toAbsolutePath().getParent());
    try (PrivateFile file = draft(path)) {
      file.write(bytes);
      publish(file.draft, path);
    }
    sync(path.toAbsolutePath().getParent());
  }

  /**
   * Gives a complete file a second name, or moves it there if the file system has no hard links.
   * Readers see the whole content; without hard links they may see an empty file before.
   *
   * @throws FileAlreadyExistsException if the name exists; it stays as it is
   * @throws IOException if the name cannot be created
   */
  public static void publish(Path complete, Path name) throws IOException {
    publish(complete, name, Files::createLink);
  }

  static void publish(Path complete, Path name, Linker linker) throws IOException {
    try {
      // A hard link, because a move would replace a file that another server has just created.
      linker.link(name, complete);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      // The exclusive creation reserves the name, so the move replaces only this empty file.
      Files.createFile(name, mode(name, "rw-------"));
      try {
        Files.move(
            complete, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException failed) {
        Files.deleteIfExists(name);
        throw failed;
      }
    }
  }

  /** Creates a hard link, as {@link Files#createLink} does. */
  interface Linker {
    Path link(Path name, Path existing) throws IOException;
  }

  /**
   * Creates or replaces a file with one line of UTF-8 text.
   *
   * @param line without its line end
   * @throws IOException if it cannot be written; the old content stays
   */
  public static void replace(Path path, String line) throws IOException {
    try (PrivateFile file = draft(path)) {
      file.replaceTarget((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Writes the draft and renames it to the target.
   *
   * @throws IOException if it cannot be written; the old content stays
   */
  public void replaceTarget(byte[] bytes) throws IOException {
    write(bytes);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(directory);
  }

  private void write(byte[] bytes) throws IOException {
    try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        file.write(left);
      }
      file.force(true);
    }
  }

  /** Deletes the draft, unless it has become the target. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(draft);
  }

  /**
   * Creates a directory of mode 0700 if it is missing, and its parents with the default mode.
   *
   * @throws IOException if it cannot be created
   */
  public static void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory.getParent());
    try {
      Files.createDirectory(directory, mode(directory, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /**
   * Makes the names in a directory durable, if the file system needs it.
   *
   * @throws IOException if the directory cannot be read
   */
  public static void sync(Path directory) throws IOException {
    if (isPosix(directory)) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  /**
   * Returns the mode of a path that is accessible to users other than its owner, for example {@code
   * rw-r--r--}; empty if only the owner has access, or if the file system has no modes. A file of
   * root that a group of this process may read is also private: containers mount secrets like this.
   *
   * @throws IOException if the mode cannot be read
   */
  public static Optional<String> modeOpenToOthers(Path path) throws IOException {
    if (!isPosix(path)) {
      return Optional.empty();
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
    return mode.stream().noneMatch(OTHERS::contains) || isSecretOfContainer(path, mode)
        ? Optional.empty()
        : Optional.of(PosixFilePermissions.toString(mode));
  }

  private static boolean isSecretOfContainer(Path path, Set<PosixFilePermission> mode)
      throws IOException {
    return mode.stream()
            .filter(OTHERS::contains)
            .allMatch(right -> right == PosixFilePermission.GROUP_READ)
        && Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid"))
        && ProcessGroups.ids().contains(Files.getAttribute(path, "unix:gid"));
  }

  /** Whether the file system of a path has POSIX modes. */
  public static boolean isPosix(Path path) {
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
