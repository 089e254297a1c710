package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reading files that hold a secret or a few settings: never more than {@value #MAX} bytes. */
public final class SecretFile {

  /** The largest such file, in bytes. */
  static final int MAX = 16 * 1024;

  private SecretFile() {}

  /**
   * All of it as UTF-8.
   *
   * @throws IOException where it cannot be read, or is too large
   */
  static String read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX + 1);
      if (bytes.length > MAX) {
        throw new IOException("more than 16 KiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /**
   * The password in a file: its one line.
   *
   * @throws CommandException where it cannot be read, or holds none
   */
  static String password(Path path) {
    try {
      String password = read(path).strip();
      if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
        throw new CommandException(path + " must hold a password, in one line");
      }
      return password;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** What to say of a file that cannot be read. */
  public static CommandException unreadable(Path path, IOException e) {
    String reason =
        e instanceof NoSuchFileException
            ? "it does not exist"
            : e instanceof AccessDeniedException ? "access denied" : e.getMessage();
    return new CommandException(path + " cannot be read: " + reason, e);
  }
}
