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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads one configuration file into dotted keys, and rejects unknown keys and invalid values. Uses
 * the tree of nodes and constructs no objects, so a key stays as it was written (the account {@code
 * 0123} is not the number 83) and types are exact. SnakeYAML's messages quote the file and may
 * contain passwords; only the line and column are taken from them.
 */
final class YamlFile {

  /** The maximum size of a file, 1 MiB. */
  private static final int MAX_SIZE = 1 << 20;

  private static final int MAX_DEPTH = 20;

  /** A list without elements, as MicroProfile splits it. A blank value would count as not set. */
  private static final String EMPTY_LIST = ",";

  /** A low limit, because nested aliases multiply. */
  private static final int MAX_ALIASES = 10;

  /**
   * What is in a file.
   *
   * @param settings the values by their dotted keys
   * @param origins the file and line of each value, for messages
   * @param blank whether the file has nothing but comments and white space
   */
  record Content(Map<String, String> settings, Map<String, String> origins, boolean blank) {
    /** Omits the values, which may be secrets. */
    @Override
    public String toString() {
      return "Content" + settings.keySet();
    }
  }

  private final String file;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> origins = new LinkedHashMap<>();

  private YamlFile(String file) {
    this.file = file;
  }

  /**
   * Returns what is in a file.
   *
   * @throws ConfigurationException if the file cannot be read, is not YAML, or contains an unknown
   *     key or an invalid value
   */
  static Content read(Path path) {
    String origin = path.toString();
    Node root = compose(decode(bytes(path, origin), origin), origin);
    YamlFile read = new YamlFile(origin);
    read.flatten(root);
    return new Content(Map.copyOf(read.settings), Map.copyOf(read.origins), root == null);
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
          origin, "file not found; create it or correct PAIRING_CONFIG");
    } catch (IOException e) {
      throw ConfigurationException.ofFile(
          origin, "cannot be read; make it readable by the server's user");
    }
  }

  private static String decode(byte[] bytes, String origin) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // Some editors write a byte order mark.
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw ConfigurationException.ofFile(origin, "not UTF-8; save it as UTF-8");
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
          mark == null
              ? ""
              : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
      boolean tab = e.getProblem() != null && e.getProblem().contains("TAB");
      String remedy =
          tab
              ? "indent with spaces, not with tabs"
              : "quote strings that contain special characters";
      throw ConfigurationException.ofFile(origin, "not valid YAML" + place + "; " + remedy);
    } catch (ReaderException e) {
      throw ConfigurationException.ofFile(
          origin, "contains a control character at position " + (e.getPosition() + 1));
    } catch (YAMLException e) {
      throw ConfigurationException.ofFile(
          origin,
          "not valid YAML, or more than %d aliases or %d levels deep"
              .formatted(MAX_ALIASES, MAX_DEPTH));
    }
  }

  /** Takes the settings below the root, which is null for an empty file. */
  private void flatten(Node root) {
    if (root instanceof MappingNode mapping) {
      flatten("", mapping);
    } else if (root != null && !isNull(root)) {
      throw ConfigurationException.ofFile(file, "expected a mapping, with pairing: at the top");
    }
  }

  private void flatten(String prefix, MappingNode mapping) {
    if (mapping.isTwoStepsConstruction()) {
      throw fault(prefix.isEmpty() ? "pairing" : prefix, mapping, "contains itself");
    }
    Map<String, Node> seen = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String path = prefix + (prefix.isEmpty() ? "" : ".") + nameOf(prefix, entry.getKeyNode());
      if (seen.put(path, entry.getKeyNode()) != null) {
        throw fault(path, entry.getKeyNode(), "duplicate key; remove one of them");
      }
      take(path, entry.getKeyNode(), entry.getValueNode());
    }
  }

  private String nameOf(String prefix, Node key) {
    if (key instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw fault(prefix.isEmpty() ? "pairing" : prefix, key, "expected plain keys below it");
  }

  private void take(String path, Node key, Node value) {
    Optional<SettingKey> known = SettingKey.find(path);
    if (known.isPresent()) {
      known.get().faultOfNames(path).ifPresent(f -> refuse(path, key, f));
      if (!isNull(value)) {
        put(path, value, textOf(path, known.get().rule(), value));
      }
    } else if (value instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
      flatten(path, mapping);
    } else {
      takeNoKey(path, key, value);
    }
  }

  private void takeNoKey(String path, Node key, Node value) {
    Optional<SettingKey> below = SettingKey.below(path);
    if (below.isPresent() && (isNull(value) || value instanceof MappingNode)) {
      return; // a prefix of keys with no key below it
    }
    Optional<String> meant =
        KeySuggestion.nearest(ConfigurationException.plain(path))
            .filter(near -> !near.startsWith(path + "."));
    if (below.isPresent() && meant.isEmpty()) {
      refuse(path, value, "expected keys below it, such as " + below.get().path());
    }
    String hint = meant.map(m -> "; did you mean " + m + "?").orElse("");
    refuse(path, key, "unknown key" + hint);
  }

  private void put(String path, Node value, String text) {
    // The same key can be written nested and dotted.
    if (settings.put(path, text) != null) {
      refuse(path, value, "duplicate key; remove one of them");
    }
    origins.put(path, origin(value));
  }

  private String textOf(String path, SettingRule rule, Node node) {
    if (rule.shape() != SettingRule.Shape.LIST) {
      return scalar(path, rule, rule.shape(), node);
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw wrongType(path, rule, node);
    }
    List<Node> elements = sequence.getValue();
    if (elements.isEmpty()) {
      return EMPTY_LIST;
    }
    // MicroProfile splits lists at commas, unless a backslash precedes them.
    return elements.stream()
        .map(element -> scalar(path, rule, SettingRule.Shape.TEXT, element))
        .map(text -> text.replace("\\", "\\\\").replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }

  private String scalar(String path, SettingRule rule, SettingRule.Shape shape, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrongType(path, rule, node);
    }
    String text = scalar.getValue();
    boolean isText = node.getTag().equals(Tag.STR);
    if (isText && text.contains("${")) {
      return text; // expanded by MicroProfile, and validated at startup
    }
    if (!node.getTag().equals(shape.tag())) {
      throw wrongType(path, rule, node);
    }
    boolean isLeftOut =
        rule.shape() == SettingRule.Shape.TEXT && !rule.isSecret() && text.isBlank();
    if (!isLeftOut && !rule.allows(text)) {
      refuse(path, node, "expected " + rule.expected());
    }
    return shape == SettingRule.Shape.FLAG
        ? String.valueOf(SettingRule.asFlag(text).orElseThrow())
        : text;
  }

  private ConfigurationException wrongType(String path, SettingRule rule, Node node) {
    String written = rule.shape().written();
    return fault(path, node, "expected " + rule.expected() + ", written as " + written);
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private void refuse(String path, Node node, String fault) {
    throw fault(path, node, fault);
  }

  private ConfigurationException fault(String path, Node node, String fault) {
    return ConfigurationException.of(path, fault, origin(node));
  }

  private String origin(Node node) {
    return file + ", line " + (node.getStartMark().getLine() + 1);
  }
}
