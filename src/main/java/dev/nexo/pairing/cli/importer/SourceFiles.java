package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.FileAccess;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads another system's files. The path on the command line may be a link. A path inside the
 * directory may not be a link, because its target could be anywhere.
 */
final class SourceFiles {

  /** The maximum size of a JSON or CSV file, in bytes. */
  static final int MAX_BYTES = 64 * 1024 * 1024;

  /** The maximum number of files in a directory. */
  private static final int MAX_FILES = 10_000;

  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private SourceFiles() {}

  /**
   * Resolves a path inside a directory.
   *
   * @param names the names below it, separated by {@code /}
   * @throws CommandException if one of them is a link
   */
  static Path below(Path top, String names) {
    Path path = top;
    for (String name : names.split("/")) {
      path = path.resolve(name);
      if (Files.isSymbolicLink(path)) {
        throw new CommandException(
            path + " is a link, and links are not followed; name its target");
      }
    }
    return path;
  }

  /** Returns whether a path is a directory and not a link. */
  static boolean isDirectory(Path path) {
    return exists(path) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns whether a path exists, including broken links. */
  static boolean exists(Path path) {
    return FileAccess.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Returns the files in a directory whose names have a suffix, sorted.
   *
   * @throws CommandException if there are more than {@value #MAX_FILES}
   */
  static List<Path> in(Path directory, String suffix) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path one : all) {
        if (one.getFileName().toString().endsWith(suffix)) {
          found.add(one);
        }
        if (found.size() > MAX_FILES) {
          throw new CommandException(
              directory + " has more than 10,000 files; check that it is the right directory");
        }
      }
    }
    found.sort(null);
    return found;
  }

  /**
   * Reads a file, without a byte order mark.
   *
   * @param named whether the path is from the command line, so that it may be a link
   * @throws CommandException if it is not a file, or has more than {@value #MAX_BYTES} bytes
   */
  static byte[] bytes(Path path, boolean named) throws IOException {
    LinkOption[] links = named ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    if (!Files.isRegularFile(path, links)) {
      throw new CommandException(
          path + " is not a file" + (named ? "" : " or is a link, and links are not followed"));
    }
    try (InputStream in = Files.newInputStream(path, links)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new CommandException(
            path + " is larger than 64 MiB; check that it is the right file");
      }
      boolean marked = bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BOM, 0, 3);
      return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }
  }

  /**
   * Reads a file's JSON object.
   *
   * @throws CommandException if it contains anything else
   */
  static JsonObject json(Path path) throws IOException {
    return value(new String(bytes(path, false), StandardCharsets.UTF_8))
        .filter(JsonObject.class::isInstance)
        .map(JsonValue::asJsonObject)
        .orElseThrow(
            () -> new CommandException(path + " is not a JSON object; fix it or move it away"));
  }

  /**
   * Reads a file's JSON or JSON5 value.
   *
   * @throws CommandException if it contains anything else
   */
  static JsonValue json5(Path path) throws IOException {
    String text = new String(bytes(path, false), StandardCharsets.UTF_8);
    Optional<JsonValue> value = value(text);
    if (value.isEmpty()) {
      try {
        value = value(Json5.toJson(text));
      } catch (IllegalArgumentException e) {
        value = Optional.empty();
      }
    }
    return value.orElseThrow(
        () -> new CommandException(path + " is not JSON5; fix it, or fix a copy and import that"));
  }

  private static Optional<JsonValue> value(String text) {
    try (JsonParser parser = Json.PROVIDER.createParser(new StringReader(text))) {
      parser.next();
      JsonValue value = parser.getValue();
      return parser.hasNext() ? Optional.empty() : Optional.of(value);
    } catch (RuntimeException e) {
      // The parser throws several types: not JSON, nested too deeply, truncated.
      return Optional.empty();
    }
  }

  /** Returns a file's name, safe for a terminal. */
  static String name(Path path) {
    return TerminalText.of(path.getFileName().toString());
  }
}
