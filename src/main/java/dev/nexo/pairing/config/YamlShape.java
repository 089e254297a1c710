package dev.nexo.pairing.config;

import org.yaml.snakeyaml.nodes.Tag;

/** How a value is written in YAML. Elsewhere everything is text. */
enum YamlShape {
  TEXT(Tag.STR, "text; put it in quotes"),
  NUMBER(Tag.INT, "a number without quotes"),
  FLAG(Tag.BOOL, "true or false without quotes"),
  LIST(Tag.SEQ, "a list of texts, [one, two]");

  @SuppressWarnings("ImmutableEnumChecker") // a tag never changes, its class only does not say so
  private final Tag tag;

  private final String written;

  YamlShape(Tag tag, String written) {
    this.tag = tag;
    this.written = written;
  }

  /** The YAML type of such a value. */
  Tag tag() {
    return tag;
  }

  /** What to write, for messages. */
  String written() {
    return written;
  }
}
