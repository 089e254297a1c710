package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.platform.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The file with the operator's password: made at the first start, 0600 from its first byte in a
 * directory of mode 0700, never overwritten. Deleting it and restarting makes a new one.
 */
final class PasswordFile {

  /** How many characters a password made here has: 26 of 5 bits each. */
  static final int LENGTH = 26;

  /** The shortest password a file may hold, in characters. */
  static final int MIN_LENGTH = 16;

  /** 32 characters that can be read aloud: no l, o, 0 or 1. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private final Path path;

  PasswordFile(Path path) {
    this.path = path;
  }

  /** Whether there is a file, fit or not. */
  boolean exists() {
    return Files.exists(path);
  }

  /**
   * The password in the file, which is made where it is missing.
   *
   * @throws IllegalStateException where the file is empty, too short, open to others, or can be
   *     neither read nor made; the message has the remedy
   */
  String readOrMake(SecureRandom random) {
    try {
      if (!exists()) {
        try {
          return make(random);
        } catch (FileAlreadyExistsException e) {
          // Another server on the same directory was quicker; its password counts.
          return read();
        }
      }
      return read();
    } catch (IOException e) {
      throw refusal(
          "cannot be read or made (" + e.getClass().getSimpleName() + ")",
          "Give the server's user the rights to it, or set pairing.operator.password",
          e);
    }
  }

  private String read() throws IOException {
    if (PrivateFile.modeOpenToOthers(path).isPresent()) {
      throw refusal("is open to other users", "Run: chmod 600 '" + path + "'", null);
    }
    String password = Files.readString(path).strip();
    if (password.length() < MIN_LENGTH) {
      throw refusal(
          "holds " + password.length() + " characters, where at least " + MIN_LENGTH + " belong",
          "Delete it, and the next start makes a new one",
          null);
    }
    return password;
  }

  private String make(SecureRandom random) throws IOException {
    StringBuilder password = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    PrivateFile.make(path, password.toString());
    return password.toString();
  }

  private IllegalStateException refusal(String fault, String remedy, Throwable cause) {
    return new IllegalStateException(
        "The operator's password file " + path + " " + fault + ". " + remedy + ".", cause);
  }
}
