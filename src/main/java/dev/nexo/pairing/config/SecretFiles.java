package dev.nexo.pairing.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files with one secret each, as containers mount them. Stateless. */
final class SecretFiles {

  /** The maximum size of a file in bytes. */
  private static final int MAX_SIZE = 4096;

  private SecretFiles() {}

  /**
   * Returns the content of a file without a byte order mark and without its last line end.
   *
   * @param name the key or variable that names the file
   * @param file its path
   * @param origin the source of the path, for messages
   * @throws ConfigurationException if the file cannot be read; the message has no content
   */
  static String read(String name, String file, String origin) {
    try {
      Path path = TextRules.asPath(file);
      if (!Files.isRegularFile(path) && Files.exists(path)) {
        throw fault(name, "expected a file, found a directory or a device", origin);
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(MAX_SIZE + 1);
      }
      if (bytes.length > MAX_SIZE) {
        throw fault(name, "the file is larger than 4096 bytes", origin);
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.replaceFirst("^\uFEFF", "").replaceFirst("\r?\n\\z", "");
    } catch (NoSuchFileException e) {
      throw fault(name, "the file does not exist; create it or correct the path", origin);
    } catch (AccessDeniedException e) {
      throw fault(name, "the server's user may not read the file; grant the right", origin);
    } catch (CharacterCodingException e) {
      throw fault(name, "the file is not UTF-8", origin);
    } catch (IOException e) {
      throw fault(name, "the file cannot be read", origin);
    }
  }

  private static ConfigurationException fault(String name, String fault, String origin) {
    return ConfigurationException.of(name, fault, origin);
  }
}
