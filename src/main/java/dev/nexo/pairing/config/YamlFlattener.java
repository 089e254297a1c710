package dev.nexo.pairing.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns the tree of one file into dotted keys, and refuses whatever is not expected. */
final class YamlFlattener {

  private final String file;
  private final Map<String, String> settings = new LinkedHashMap<>();

  YamlFlattener(String file) {
    this.file = file;
  }

  /** The settings below the root, which is null for an empty file. */
  Map<String, String> flatten(Node root) {
    if (root instanceof MappingNode mapping) {
      flatten("", mapping);
    } else if (root != null && !isNull(root)) {
      throw ConfigurationException.ofFile(file, "expected a mapping, with pairing: at the top");
    }
    return settings;
  }

  private void flatten(String prefix, MappingNode mapping) {
    if (mapping.isTwoStepsConstruction()) {
      throw fault(prefix.isEmpty() ? "pairing" : prefix, mapping, "it contains itself");
    }
    Map<String, Node> seen = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String path = prefix + (prefix.isEmpty() ? "" : ".") + nameOf(prefix, entry.getKeyNode());
      if (seen.put(path, entry.getKeyNode()) != null) {
        throw fault(path, entry.getKeyNode(), "given twice; leave one out");
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
      return; // a branch with nothing on it
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
    // The same key can be spelt nested and with dots.
    if (settings.put(path, text) != null) {
      refuse(path, value, "given twice; leave one out");
    }
  }

  private String textOf(String path, SettingRule rule, Node node) {
    if (rule.shape() != SettingRule.Shape.LIST) {
      return scalar(path, rule, rule.shape(), node);
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw wrongType(path, rule, node);
    }
    List<Node> elements = sequence.getValue();
    // MicroProfile splits at commas, and a backslash takes their meaning away.
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
      return text; // filled in by MicroProfile, and judged at the start with what came out
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
    int line = node.getStartMark().getLine() + 1;
    return ConfigurationException.of(path, fault, file + ", line " + line);
  }
}
