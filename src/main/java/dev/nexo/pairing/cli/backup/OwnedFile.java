package dev.nexo.pairing.cli.backup;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.platform.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Writes files that belong to the owner of their directory, also if this user is another one, such
 * as root. The owner may exchange names in the directory at any time. So a file gets its owner in a
 * new directory of mode 0700, which is accessed by its descriptor, and then its name. For one
 * thread.
 */
final class OwnedFile {

  private OwnedFile() {}

  /**
   * Creates a file of mode 0600; its content is on disk afterwards.
   *
   * @throws CommandException if this user may not give files to the owner of the directory
   */
  static void create(Path path, InputStream content) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (!PrivateFile.isPosix(directory)) {
      write(path, content);
      return;
    }
    Path fresh;
    try {
      fresh =
          Files.createTempDirectory(
              directory,
              ".pairing-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (AccessDeniedException e) {
      // The exception of the temporary name would name a file that nobody knows.
      throw new AccessDeniedException(path.toString());
    }
    Path draft = fresh.resolve(path.getFileName());
    try {
      write(draft, content);
      giveAndPublish(directory, fresh, path);
    } finally {
      Files.deleteIfExists(draft);
      Files.deleteIfExists(fresh);
    }
  }

  private static void write(Path path, InputStream content) throws IOException {
    try (FileChannel out = create(path)) {
      content.transferTo(Channels.newOutputStream(out));
      out.force(true);
    }
  }

  private static void giveAndPublish(Path directory, Path fresh, Path path) throws IOException {
    UserPrincipal owner = Files.getOwner(directory);
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      if (!(names instanceof SecureDirectoryStream<Path> parent)) {
        throw new CommandException("Run the command as " + owner.getName());
      }
      try (SecureDirectoryStream<Path> own =
          parent.newDirectoryStream(fresh.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
        give(own, path.getFileName(), owner);
      }
    }
    // Fails if the name exists: a server may have created it meanwhile.
    PrivateFile.publish(fresh.resolve(path.getFileName()), path);
  }

  /**
   * Gives a file to an owner.
   *
   * @param own the directory of the file
   */
  static void give(SecureDirectoryStream<Path> own, Path name, UserPrincipal owner)
      throws IOException {
    PosixFileAttributes directory =
        own.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
    PosixFileAttributeView file =
        own.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributes attributes = file.readAttributes();
    if (attributes.owner().equals(owner)) {
      return;
    }
    // Nobody but this user can have put a file into such a directory.
    if (!attributes.isRegularFile()
        || !directory.owner().equals(attributes.owner())
        || !PosixFilePermissions.toString(directory.permissions()).equals("rwx------")) {
      throw new CommandException("Another program exchanges the files. Stop it");
    }
    try {
      file.setOwner(owner);
    } catch (IOException e) {
      throw new CommandException("Run the command as " + owner.getName() + " or as root", e);
    }
  }

  /**
   * Creates a file that only this user can read. Its name may be exchanged; the channel is safe.
   */
  static FileChannel create(Path path) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileAttribute<?>[] mode =
        PrivateFile.isPosix(path)
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(path, options, mode);
  }
}
