package dev.nexo.pairing.intake;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Set;

/**
 * Recognizes what a person does without writing: a press on a button below a message of the bot, a
 * command, or a form. The message in such an object is the bot's own, so it says nothing about who
 * pressed.
 */
final class ButtonPress {

  /** The kinds of events that report a press: Slack's and Google Chat's. */
  private static final Set<String> KINDS =
      FieldNames.names("blockactions interactivemessage messageaction cardclicked");

  /** Discord's interactions: a component of a message, and a form. */
  private static final Set<Integer> PRESSES = Set.of(3, 5);

  private static final int COMMAND = 2;

  private ButtonPress() {}

  /** Returns whether an object of the scope {@link MessageScope#MESSAGE} reports a press. */
  static boolean isPress(JsonObject object) {
    if (isDiscord(object, PRESSES, "custom_id")) {
      return true;
    }
    return object.entrySet().stream()
        .anyMatch(
            field ->
                MessageFields.KIND_NAMES.contains(FieldNames.plain(field.getKey()))
                    && field.getValue() instanceof JsonString kind
                    && KINDS.contains(FieldNames.plain(kind.getString())));
  }

  /** Returns whether an object reports a command, or a form that was sent. */
  static boolean isCommand(JsonObject object) {
    // Teams sends what a person has filled in on a card as the value of a message without a text.
    boolean card =
        object.get("conversation") instanceof JsonObject
            && object.get("value") instanceof JsonObject value
            && !value.isEmpty();
    return card || isDiscord(object, Set.of(COMMAND), "name");
  }

  private static boolean isDiscord(JsonObject object, Set<Integer> types, String field) {
    return object.get("type") instanceof JsonNumber type
        && type.isIntegral()
        && types.contains(type.intValue())
        && object.get("data") instanceof JsonObject data
        && MessageFields.isGiven(data, field);
  }
}
