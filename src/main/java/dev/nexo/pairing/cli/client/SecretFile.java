package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.FileAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that contain a secret or a few settings, at most {@value #MAX} bytes. */
public final class SecretFile {

  /** The maximum size of a file, in bytes. */
  static final int MAX = 16 * 1024;

  private SecretFile() {}

  /**
   * Reads a file in UTF-8, without a byte order mark.
   *
   * @param tooLarge the exception's message if the file is too large
   * @throws IOException if it cannot be read, or is too large
   */
  public static String read(Path path, String tooLarge) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX + 1);
      if (bytes.length > MAX) {
        throw new IOException(tooLarge);
      }
      return new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
    }
  }

  static String read(Path path) throws IOException {
    return read(path, "more than 16 KiB");
  }

  /**
   * Reads a password from a file with one line.
   *
   * @throws CommandException if it cannot be read, or contains no password
   */
  static String password(Path path) {
    try {
      String password = read(path).strip();
      if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
        throw new CommandException(path + " must contain a password on a single line");
      }
      return password;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Returns the exception for a file that cannot be read. */
  public static CommandException unreadable(Path path, IOException e) {
    return e instanceof AccessDeniedException denied
        ? FileAccess.forbidden(denied)
        : new CommandException(path + " cannot be read: " + FileAccess.reason(e), e);
  }
}
