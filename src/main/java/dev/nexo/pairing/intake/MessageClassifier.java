package dev.nexo.pairing.intake;

import dev.nexo.pairing.intake.MessageFields.Rule;
import dev.nexo.pairing.intake.MessageFields.Scope;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/**
 * Determines what a plugin reports, for the bus and for the {@code meta} of {@code POST /inbound}
 * ({@code protocol.md#kinds-of-messages}). Reads the object and the objects in it that {@link
 * MessageFields} names; if they contradict each other, the stricter kind applies. Stateless.
 */
final class MessageClassifier {

  /** How deep the wrappers of a message are read. */
  private static final int MAX_DEPTH = 5;

  private MessageKind kind = MessageKind.DIRECT;
  private boolean content;
  private boolean lifecycle;
  private boolean unknownEvent;
  private boolean sender;

  private MessageClassifier(JsonObject object) {
    read(object, Scope.MESSAGE, 0);
  }

  /**
   * Classifies the {@code meta} of a request. Its caller says that a person wrote, so a message
   * without other evidence is {@link MessageKind#DIRECT}.
   */
  static MessageKind ofMeta(JsonObject meta) {
    return new MessageClassifier(meta).kind;
  }

  /**
   * Classifies a payload on the bus that has a sender. Without content and without other evidence
   * it is a {@link MessageKind#RECEIPT}.
   */
  static MessageKind ofPayload(JsonObject payload) {
    MessageClassifier found = new MessageClassifier(payload);
    return found.kind.or(found.content ? MessageKind.DIRECT : MessageKind.RECEIPT);
  }

  /**
   * Classifies a payload on the bus that has no sender.
   *
   * @return {@link MessageKind#LIFECYCLE} if the plugin reports its own state; a kind that is
   *     dropped; or empty if the payload is malformed, because it needs a sender
   */
  static Optional<MessageKind> ofAnonymous(JsonObject payload) {
    MessageClassifier found = new MessageClassifier(payload);
    if (found.kind.compareTo(MessageKind.GROUP) >= 0) {
      return Optional.of(found.kind);
    }
    boolean own = found.lifecycle || (found.unknownEvent && !found.content);
    return own && !found.sender && found.kind == MessageKind.DIRECT
        ? Optional.of(MessageKind.LIFECYCLE)
        : Optional.empty();
  }

  private void read(JsonObject object, Scope scope, int depth) {
    Map<String, Rule> rules = MessageFields.RULES.get(scope);
    Map<String, Scope> inner = MessageFields.INNER.get(scope);
    object.forEach(
        (field, value) -> {
          String name = MessageFields.plain(field);
          Rule rule = rules.get(name);
          if (rule != null) {
            kind = kind.or(rule.apply(value));
          }
          if (scope == Scope.MESSAGE) {
            note(name, value, depth);
          }
          Scope next = inner.get(name);
          if (next != null && value instanceof JsonObject part && depth < MAX_DEPTH) {
            read(part, next, depth + 1);
          }
        });
  }

  private void note(String name, JsonValue value, int depth) {
    boolean given = MessageFields.isGiven(value);
    if (MessageFields.KIND_NAMES.contains(name)) {
      MessageKind named = MessageFields.named(value);
      lifecycle |= named == MessageKind.LIFECYCLE && depth == 0;
      unknownEvent |= named == null && value instanceof JsonString && given;
      content |= named == MessageKind.DIRECT && !MessageFields.isPlainMessage(value);
    }
    sender |= given && MessageFields.SENDERS.contains(name);
    content |= given && MessageFields.isContent(name, value);
  }
}
