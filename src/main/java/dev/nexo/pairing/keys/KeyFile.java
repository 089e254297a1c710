package dev.nexo.pairing.keys;

import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.platform.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file with the 32 bytes that sign bootstrap tokens (contract, section 6), as it is found. One
 * that is not fit for use is never repaired: it may be somebody's key.
 */
final class KeyFile {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private KeyFile() {}

  /** How a file was found. */
  sealed interface Found {}

  /** There is none. */
  record Missing() implements Found {}

  /**
   * There is one, and it must not be used.
   *
   * @param trouble what is wrong and what to do
   */
  record Unfit(KeyProblem trouble) implements Found {}

  /**
   * There is one.
   *
   * @param bytes to be copied to another file; never logged
   */
  record Fit(SigningKey key, byte[] bytes) implements Found {

    @Override
    public String toString() {
      return "[redacted]";
    }
  }

  /** Looks at a file; never throws, and never waits for one that is no regular file. */
  static Found read(Path path) {
    try {
      // A link to nowhere is no missing file: nothing can be put in its place.
      if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
        return new Missing();
      }
      if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
        return unfit(
            KeyProblem.UNREADABLE,
            path + " cannot be read as a file: give the server's user the right to, or move it");
      }
      if (PrivateFile.isPosix(path)
          && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
        return unfit(
            KeyProblem.OPEN, path + " is open to other users: run chmod 600 '" + path + "'");
      }
      return key(path);
    } catch (IOException e) {
      return unfit(
          KeyProblem.UNREADABLE,
          path
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "): give the server's user the right to");
    }
  }

  private static Found key(Path path) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(SigningKey.LENGTH + 1);
    }
    return bytes.length == SigningKey.LENGTH
        ? new Fit(new SigningKey(bytes), bytes)
        : unfit(
            KeyProblem.NOT_A_KEY,
            path + " is not a key of 32 bytes: put the right file there, or move it away");
  }

  private static Found unfit(String word, String sentence) {
    return new Unfit(new KeyProblem(word, sentence));
  }
}
