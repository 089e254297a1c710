package dev.nexo.pairing.intake;

import dev.nexo.pairing.intake.GroupIds.Origin;
import dev.nexo.pairing.intake.MessageRules.Rule;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Determines what a plugin reports, for the bus and for the {@code meta} of {@code POST /inbound}
 * ({@code protocol.md#kinds-of-messages}). Reads the object and everything in it, at any depth,
 * except what {@link MessageScope} leaves out; if signs contradict each other, the stricter kind
 * applies. Stateless.
 */
final class MessageClassifier {

  private MessageKind kind = MessageKind.DIRECT;
  private boolean content;
  private boolean contact;
  private boolean notice;
  private final GroupIds groups = new GroupIds();
  private JsonValue movedFrom;
  private JsonValue movedTo;
  private boolean lifecycle;
  private boolean otherEvent;
  private final JsonValue sender;

  private MessageClassifier(JsonObject object) {
    sender = object.get("from");
    read(object, MessageScope.MESSAGE, null, null);
  }

  /**
   * Classifies the {@code meta} of a request. Its caller says that a person wrote, so a message
   * without other evidence is {@link MessageKind#DIRECT}.
   */
  static MessageSigns ofMeta(JsonObject meta) {
    return new MessageClassifier(meta).signs(MessageKind.DIRECT);
  }

  /**
   * Classifies a payload on the bus that has a sender. Without content and without other evidence
   * it is a {@link MessageKind#RECEIPT}.
   */
  static MessageSigns ofPayload(JsonObject payload) {
    MessageClassifier found = new MessageClassifier(payload);
    return found.signs(found.content ? MessageKind.DIRECT : MessageKind.RECEIPT);
  }

  /**
   * Returns what was found.
   *
   * @param least the kind of a message without signs
   */
  private MessageSigns signs(MessageKind least) {
    String group = groups.only();
    // A service message has no content; what a person writes cannot be one.
    GroupMove move = content ? null : GroupMove.of(group, movedFrom, movedTo);
    return new MessageSigns(kind.or(least), contact, notice || least.isNotice(), group, move);
  }

  /**
   * Classifies a payload on the bus that has no sender.
   *
   * @return {@link MessageKind#LIFECYCLE} if it is an event of a known kind and nothing in it is
   *     content or names a chat or a person; a kind that is dropped; or empty if the payload is
   *     malformed, because it needs a sender
   */
  static Optional<MessageKind> ofAnonymous(JsonObject payload) {
    MessageClassifier found = new MessageClassifier(payload);
    if (found.kind.compareTo(MessageKind.GROUP) >= 0) {
      return Optional.of(found.kind);
    }
    // The event that announces earlier messages is the plugin's own, too.
    boolean plain = found.kind == MessageKind.DIRECT || found.kind == MessageKind.HISTORY;
    boolean own = found.lifecycle && !found.otherEvent && plain;
    return own && !speaks(payload, MessageFields.ownFields(payload))
        ? Optional.of(MessageKind.LIFECYCLE)
        : Optional.empty();
  }

  /**
   * Returns whether anything in a value, at any depth, is content or names a chat or a person.
   *
   * @param own the fields of the value itself that the plugin's own event may have
   */
  private static boolean speaks(JsonValue value, Set<String> own) {
    if (value instanceof JsonArray array) {
      return array.stream().anyMatch(item -> speaks(item, Set.of()));
    }
    if (!(value instanceof JsonObject object)) {
      return false;
    }
    return object.entrySet().stream()
        .anyMatch(
            field -> {
              String name = FieldNames.plain(field.getKey());
              boolean isOwn = own.contains(name) && field.getValue() instanceof JsonString;
              return !isOwn
                  && (MessageFields.isOfPerson(name, field.getValue())
                      || speaks(field.getValue(), Set.of()));
            });
  }

  /**
   * Reads an object. The parser limits the depth, so the recursion is limited too.
   *
   * @param parent the plain name of the object; null for the outermost one
   * @param around who has written the object that it is in; null for the outermost one
   */
  private void read(JsonObject object, MessageScope scope, String parent, Origin around) {
    Origin origin = around == Origin.CHANNEL ? Origin.of(parent, object) : around;
    Map<String, Rule> rules = MessageRules.of(scope);
    boolean message = scope == MessageScope.MESSAGE;
    boolean press = message && ButtonPress.isPress(object);
    content |= message && (press || ButtonPress.isCommand(object));
    MessageKind together = FieldCombinations.of(parent, object, sender);
    if (message || (scope == MessageScope.ABOUT && MessageRules.isOfChat(together))) {
      prove(together);
    }
    object.forEach(
        (field, value) -> {
          String name = FieldNames.plain(field);
          Rule rule = MessageFields.isWords(parent, object, name) ? null : rules.get(name);
          if (rule != null) {
            prove(rule, value);
          }
          groups.see(scope, origin, object, name, value);
          if (message) {
            note(parent, name, value, origin);
          }
          if (value instanceof JsonObject || value instanceof JsonArray) {
            boolean pressed = (press || scope == MessageScope.PRESS) && name.equals("message");
            MessageScope next = inner(scope, parent, name, value, pressed);
            // What proves a kind is read too: an edit in a group is no private message.
            next = next == null && rule != null ? MessageScope.ABOUT : next;
            Origin outer = origin == null ? Origin.CHANNEL : origin;
            readAll(value, next, name, outer.inner(parent, name, next, pressed));
          }
        });
  }

  private static MessageScope inner(
      MessageScope scope, String parent, String name, JsonValue value, boolean pressed) {
    if (pressed) {
      return MessageScope.ABOUT;
    }
    boolean inMessage = scope == MessageScope.MESSAGE && "message".equals(parent);
    return inMessage && MessageScope.isWrapper(name, value)
        ? MessageScope.MESSAGE
        : scope.inner(name);
  }

  private void prove(MessageKind shown) {
    kind = kind.or(shown);
    notice |= shown.isNotice();
  }

  private void prove(Rule rule, JsonValue value) {
    prove(rule.apply(value));
    if (value instanceof JsonArray array) {
      for (JsonValue item : array) {
        if (item instanceof JsonString) {
          prove(rule.apply(item));
        }
      }
    }
  }

  private void readAll(JsonValue value, MessageScope scope, String name, Origin origin) {
    if (scope == null) {
      return;
    }
    if (value instanceof JsonObject object) {
      read(object, scope, name, origin);
    } else if (value instanceof JsonArray array) {
      array.forEach(item -> readAll(item, scope, name, origin));
    }
  }

  private void note(String parent, String name, JsonValue value, Origin origin) {
    boolean given = MessageFields.isGiven(value);
    if (MessageFields.KIND_NAMES.contains(name)) {
      MessageKind named = MessageFields.named(value);
      boolean event = origin == null && given && value instanceof JsonString;
      lifecycle |= event && named == MessageKind.LIFECYCLE;
      otherEvent |= event && named != MessageKind.LIFECYCLE;
      content |= named == MessageKind.DIRECT && !MessageFields.isPlainMessage(value);
    }
    if (origin == null || origin == Origin.CHANNEL) {
      movedFrom = name.equals(GroupMove.MOVED_FROM) ? value : movedFrom;
      movedTo = name.equals(GroupMove.MOVED_TO) ? value : movedTo;
    }
    boolean contactSign = MessageFields.isContactSign(name, value);
    contact |= contactSign;
    content |= !contactSign && MessageFields.isContent(parent, name, value);
  }
}
