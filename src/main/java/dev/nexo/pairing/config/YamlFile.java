package dev.nexo.pairing.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads one configuration file into its tree of nodes and no further: nothing is constructed, so a
 * key stays as it was written (the account {@code 0123} is not the number 83) and types are exact.
 * SnakeYAML's own messages quote the file, and with it passwords; only the place is taken from
 * them.
 */
final class YamlFile {

  /** 1 MiB: more is not a configuration. */
  private static final int MAX_SIZE = 1 << 20;

  private static final int MAX_DEPTH = 20;

  /** Few enough that nested ones cannot multiply. */
  private static final int MAX_ALIASES = 10;

  private YamlFile() {}

  /**
   * The settings of a file, by their dotted keys.
   *
   * @throws ConfigurationException where the file cannot be read, is not YAML, or holds a key or
   *     value that is not expected
   */
  static Map<String, String> read(Path path) {
    String origin = path.toString();
    Node root = compose(decode(bytes(path, origin), origin), origin);
    return new YamlFlattener(origin).flatten(root);
  }

  private static byte[] bytes(Path path, String origin) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        throw ConfigurationException.ofFile(origin, "larger than 1 MiB");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw ConfigurationException.ofFile(
          origin, "there is no such file; create it or correct PAIRING_CONFIG");
    } catch (IOException e) {
      throw ConfigurationException.ofFile(
          origin, "cannot be read; expected a file the server's user may read");
    }
  }

  private static String decode(byte[] bytes, String origin) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // Some editors put a byte order mark in front.
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw ConfigurationException.ofFile(origin, "not UTF-8; save it in that encoding");
    }
  }

  private static Node compose(String text, String origin) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_SIZE);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setAllowRecursiveKeys(false);
    options.setAllowDuplicateKeys(false);
    try {
      return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String place =
          mark == null ? "" : " at line " + (mark.getLine() + 1) + ", column " + column(mark);
      throw ConfigurationException.ofFile(
          origin, "not valid YAML" + place + "; texts with special characters need quotes");
    } catch (ReaderException e) {
      throw ConfigurationException.ofFile(
          origin, "holds a control character at position " + (e.getPosition() + 1));
    } catch (YAMLException e) {
      throw ConfigurationException.ofFile(
          origin,
          "not valid YAML, or more than %d aliases or %d levels deep"
              .formatted(MAX_ALIASES, MAX_DEPTH));
    }
  }

  private static int column(Mark mark) {
    return mark.getColumn() + 1;
  }
}
