package dev.nexo.pairing.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in files at one moment, as digests. The content is compared, and not the time of the last
 * change: an editor may rename another file to the name, a link may lead to another directory, and
 * two changes may have the same time.
 *
 * @param byFile the SHA-256 of each file, or why it cannot be read
 */
record FileDigests(Map<Path, String> byFile) {

  /** Files are read up to this size, which is more than any of them may have. */
  private static final int MAX_SIZE = (1 << 20) + 1;

  /** Copies the map. */
  FileDigests {
    byFile = Map.copyOf(byFile);
  }

  /** Reads files, which may be missing. */
  static FileDigests of(Collection<Path> files) {
    Map<Path, String> digests = new TreeMap<>();
    files.forEach(file -> digests.put(file, digest(file)));
    return new FileDigests(digests);
  }

  private static String digest(Path file) {
    // A pipe can be read only once.
    if (!Files.isRegularFile(file)) {
      return Files.exists(file) ? "no regular file" : "missing";
    }
    MessageDigest sha256 = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      byte[] unused = in.readNBytes(MAX_SIZE);
      return HexFormat.of().formatHex(sha256.digest());
    } catch (IOException e) {
      return e.getClass().getName();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns these digests and others, which have precedence. */
  FileDigests and(FileDigests other) {
    Map<Path, String> all = new TreeMap<>(byFile);
    all.putAll(other.byFile);
    return new FileDigests(all);
  }

  /** Returns whether the files that are in both have the same content. */
  boolean agrees(FileDigests other) {
    return byFile.entrySet().stream()
        .allMatch(
            entry ->
                other
                    .byFile
                    .getOrDefault(entry.getKey(), entry.getValue())
                    .equals(entry.getValue()));
  }
}
