package dev.nexo.pairing.keys;

import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.platform.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Reads a file with the 32 bytes of a signing key ({@code protocol.md#tokens}). An unusable file is
 * never repaired or overwritten, because it may contain a key in use elsewhere.
 */
final class KeyFile {

  private KeyFile() {}

  /** The content of a key file. */
  sealed interface Content {}

  /** The file does not exist. */
  record Missing() implements Content {}

  /** The file exists and must not be used. */
  record Unusable(KeyProblem problem) implements Content {}

  /**
   * The file holds a key.
   *
   * @param bytes the key, for copying it to another file; never logged
   */
  record Usable(SigningKey key, byte[] bytes) implements Content {

    @Override
    public String toString() {
      return "[redacted]";
    }
  }

  /** Reads a file. Throws no exceptions, and does not block if the path is not a regular file. */
  static Content read(Path path) {
    try {
      // A dangling link is not a missing file: no file can be created in its place.
      if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
        return new Missing();
      }
      if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
        return unreadable(path, "not a readable file");
      }
      if (PrivateFile.modeOpenToOthers(path).isPresent()) {
        return new Unusable(KeyProblem.of(KeyProblem.OPEN, DoctorMessage.KEY_FILE_OPEN, path));
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(SigningKey.LENGTH + 1);
      }
      return bytes.length == SigningKey.LENGTH
          ? new Usable(new SigningKey(bytes), bytes)
          : new Unusable(
              KeyProblem.of(KeyProblem.NOT_A_KEY, DoctorMessage.KEY_FILE_MALFORMED, path));
    } catch (IOException e) {
      return unreadable(path, e.getClass().getSimpleName());
    }
  }

  private static Unusable unreadable(Path path, String reason) {
    return new Unusable(
        KeyProblem.of(KeyProblem.UNREADABLE, DoctorMessage.KEY_FILE_UNREADABLE, path, reason));
  }
}
