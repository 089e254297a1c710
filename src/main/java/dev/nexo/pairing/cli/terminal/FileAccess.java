package dev.nexo.pairing.cli.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Distinguishes a file that does not exist from one that this user may not use. {@link
 * Files#exists} returns false for both. Thread-safe.
 */
public final class FileAccess {

  /** Reads the name of a file's owner. */
  interface Owners {
    String of(Path path) throws IOException;
  }

  private FileAccess() {}

  /**
   * Returns whether a path exists; true also if it is not known because of another error than
   * missing access, so that using the file reports the error.
   *
   * @throws ForbiddenFileException if this user may not search a directory of the path
   */
  public static boolean exists(Path path, LinkOption... links) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, links);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (AccessDeniedException e) {
      throw forbidden(path, "readable by");
    } catch (IOException e) {
      return !Files.notExists(path, links);
    }
  }

  /**
   * Checks that this user may read a file.
   *
   * @throws ForbiddenFileException if it exists and this user may not
   * @throws CommandException if it does not exist
   */
  public static void requireReadable(Path path) {
    try {
      checkReadable(path);
    } catch (NoSuchFileException e) {
      throw new CommandException("There is no file " + path, e);
    } catch (IOException e) {
      throw new CommandException(path + " cannot be read: " + reason(e), e);
    }
  }

  /** Returns why this user may not read a file; empty if it can be read or does not exist. */
  public static Optional<ForbiddenFileException> unreadable(Path path) {
    try {
      checkReadable(path);
    } catch (ForbiddenFileException e) {
      return Optional.of(e);
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static void checkReadable(Path path) throws IOException {
    try {
      path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
    } catch (AccessDeniedException e) {
      throw forbidden(path, "readable by");
    }
  }

  /** Returns the exception for a file that could not be read or written. */
  public static ForbiddenFileException forbidden(AccessDeniedException e) {
    return forbidden(Path.of(e.getFile()), "accessible to");
  }

  /**
   * Returns why a file could not be used, in a few words. The caller has named the file.
   *
   * @throws ForbiddenFileException if this user may not use it
   */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      throw forbidden(denied);
    }
    return e instanceof NoSuchFileException ? "it does not exist" : e.getMessage();
  }

  private static ForbiddenFileException forbidden(Path path, String access) {
    return forbidden(
        path.toAbsolutePath(),
        access,
        System.getProperty("user.name"),
        one -> Files.getOwner(one).getName());
  }

  /** Finds the file or directory that refuses access: the last that can be described. */
  static ForbiddenFileException forbidden(Path path, String access, String user, Owners owners) {
    String line = path + " is not " + access + " the user " + user;
    for (Path one = path; one != null; one = one.getParent()) {
      String owner;
      try {
        owner = owners.of(one);
      } catch (IOException e) {
        // A directory above it refuses access, or it does not exist yet.
        continue;
      }
      String what = one.equals(path) ? "It" : "The directory " + one;
      if (!owner.equals(user)) {
        return new ForbiddenFileException(line + ". " + what + " belongs to " + owner, owner);
      }
      String mode = one.equals(path) ? "u+rw" : "u+rwx";
      return new ForbiddenFileException(
          line
              + ", who owns "
              + (one.equals(path) ? "it" : one)
              + ". Run: chmod "
              + mode
              + " '"
              + one
              + "'",
          null);
    }
    return new ForbiddenFileException(line, null);
  }
}
