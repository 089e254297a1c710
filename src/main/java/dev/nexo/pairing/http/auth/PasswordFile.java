package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.platform.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The file with the operator's password. The first start creates it with mode 0600 in a directory
 * of mode 0700; it is never overwritten. If an operator deletes it, the next start creates another.
 */
final class PasswordFile {

  /** The length of a generated password: 26 characters of 5 bits each, 130 bits. */
  static final int LENGTH = 26;

  /** The minimum length of a password in the file, in characters. */
  static final int MIN_LENGTH = 16;

  /** 32 characters that are easy to distinguish: no l, o, 0 or 1. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private final Path path;

  PasswordFile(Path path) {
    this.path = path;
  }

  /** Returns whether the file exists, usable or not. */
  boolean exists() {
    return Files.exists(path);
  }

  /**
   * Returns the password in the file. If there is no file, creates it with a random password.
   *
   * @throws IllegalStateException if the password is too short, other users can read the file, or
   *     it can be neither read nor created; the message has the remedy
   */
  String readOrMake(SecureRandom random) {
    try {
      if (!exists()) {
        try {
          return make(random);
        } catch (FileAlreadyExistsException e) {
          // Another server with the same directory created it first; its password is used.
          return read();
        }
      }
      return read();
    } catch (IOException e) {
      throw refusal(
          "cannot be read or created (" + e.getClass().getSimpleName() + ")",
          "Grant the server's user access to it, or set pairing.operator.password",
          e);
    }
  }

  private String read() throws IOException {
    if (PrivateFile.modeOpenToOthers(path).isPresent()) {
      throw refusal("is open to other users", "Run: chmod 600 '" + path + "'", null);
    }
    // Some editors write a byte order mark.
    String password = Files.readString(path).replaceFirst("^\uFEFF", "").strip();
    if (password.length() < MIN_LENGTH) {
      throw refusal(
          "contains " + password.length() + " characters; the minimum is " + MIN_LENGTH,
          "Delete it; the next start generates a new password",
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
