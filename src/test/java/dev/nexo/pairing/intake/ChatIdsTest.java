package dev.nexo.pairing.intake;

import static dev.nexo.pairing.intake.MessageKind.CHANNEL_POST;
import static dev.nexo.pairing.intake.MessageKind.DIRECT;
import static dev.nexo.pairing.intake.MessageKind.GROUP;
import static dev.nexo.pairing.intake.MessageKind.OWN_ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Forms of a chat's id")
class ChatIdsTest {

  private static final Function<JsonValue, MessageKind> CHAT = ChatIds::ofChat;
  private static final Function<JsonValue, MessageKind> SENDER = ChatIds::ofSender;
  private static final Function<JsonValue, MessageKind> TEXT = ChatIds::ofIdOrText;
  private static final Function<JsonValue, MessageKind> MESSAGE = ChatIds::ofMessage;

  private static Arguments of(
      MessageKind kind, Function<JsonValue, MessageKind> form, String id, String why) {
    return arguments(kind, form, id, why);
  }

  static Stream<Arguments> forms() {
    return Stream.of(hidden(), prefixed(), channels(), direct(), others()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> hidden() {
    return Stream.of(
        of(GROUP, CHAT, "\u200e-100123", "a mark for the writing direction"),
        of(GROUP, CHAT, "\u2067-100123\u2069", "isolates around the id"),
        of(GROUP, CHAT, "\u00a0-100123", "a no-break space"),
        of(GROUP, CHAT, "\ufeff-100123", "a byte order mark"),
        of(GROUP, CHAT, "\u200b-100123", "a space without width"),
        of(GROUP, CHAT, "\u2212100123", "the minus of mathematics"),
        of(GROUP, CHAT, "\u2013100123", "a dash of a word processor"),
        of(GROUP, CHAT, "\uff0d\uff11\uff10\uff10", "wide characters"),
        of(GROUP, CHAT, "120363@g.us\u200f", "a mark behind the domain"),
        of(GROUP, CHAT, "120363@g\u200b.us", "a space without width in the domain"),
        of(GROUP, CHAT, "120363\uff20g.us", "a wide @"),
        of(GROUP, CHAT, "120363@g.us.", "a dot behind the domain"),
        of(CHANNEL_POST, CHAT, "120363@newsletter\u00a0", "a no-break space behind it"),
        of(CHANNEL_POST, CHAT, "status@broadcast\u200e", "a mark behind it"),
        of(CHANNEL_POST, CHAT, "Status@Broadcast", "capital letters"),
        of(CHANNEL_POST, CHAT, "status@broadcast:5", "a device behind it"),
        of(CHANNEL_POST, SENDER, "1@newsletter/5", "something behind it"),
        of(GROUP, SENDER, "120363@g.us\u200f", "a group as the sender"),
        of(GROUP, SENDER, "120363@g.us:5", "with a device"));
  }

  private static Stream<Arguments> prefixed() {
    return Stream.of(
        of(GROUP, CHAT, "telegram:-100123", "the channel in front"),
        of(GROUP, CHAT, "telegram:bot1:-100123:topic:5", "channel, account and a topic"),
        of(GROUP, CHAT, "tg:supergroup:5", "a word for the kind"),
        of(GROUP, CHAT, "slack:C024BE91L", "Slack"),
        of(GROUP, CHAT, "irc:#talk", "IRC"),
        of(CHANNEL_POST, CHAT, "whatsapp:status@broadcast", "WhatsApp"),
        of(DIRECT, CHAT, "telegram:123", "a person"),
        of(DIRECT, CHAT, "whatsapp:1@c.us", "a person on WhatsApp"),
        of(DIRECT, CHAT, "slack:D024BE91L", "a direct conversation"));
  }

  private static Stream<Arguments> channels() {
    return Stream.of(
        of(GROUP, CHAT, "%#chan", "IRC: half-operators"),
        of(GROUP, CHAT, "~#chan", "IRC: owners"),
        of(GROUP, CHAT, "~&@%+#chan", "IRC: all marks"),
        of(GROUP, CHAT, "@&local", "IRC: a channel of one server"),
        of(GROUP, CHAT, "!ABCDEchan", "IRC: a safe channel"),
        of(DIRECT, CHAT, "!AbCdEfGhIjKlMnOpQr:example.org", "Matrix: a room"),
        of(DIRECT, CHAT, "!ABCDEfGhIjKlMnOpQr:example.org", "Matrix: a room in capital letters"),
        of(
            DIRECT,
            CHAT,
            "!ABCDEfGhIjKlMnOpQr-AbCdEfGhIjKlMnOpQr_12345",
            "Matrix: a room without a domain"),
        of(DIRECT, CHAT, "ana", "a nickname"));
  }

  private static Stream<Arguments> direct() {
    return Stream.of(
        of(DIRECT, CHAT, "1@g.us.org", "another domain"),
        of(DIRECT, CHAT, "ana@broadcast.example", "an address of a person"),
        of(DIRECT, CHAT, "ana@newsletters", "a longer name"),
        of(DIRECT, CHAT, "+1 555-0001", "a number with a dash"),
        of(DIRECT, CHAT, "-ana", "a name with a dash"),
        of(DIRECT, CHAT, "2026-11-27", "a date"));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        of(DIRECT, TEXT, "hello 1@g.us", "a text that ends in a domain"),
        of(DIRECT, TEXT, "score:-5", "a text with a number behind a word"),
        of(DIRECT, TEXT, "see status@broadcast now", "a text about a status"),
        of(GROUP, MESSAGE, "false_120363@g.us_3EB0_1@c.us", "whatsapp-web.js: in a group"),
        of(CHANNEL_POST, MESSAGE, "false_status@broadcast_3EB0", "whatsapp-web.js: a status"),
        of(OWN_ECHO, MESSAGE, "true_1@c.us_3EB0", "whatsapp-web.js: the account's own"),
        of(DIRECT, MESSAGE, "false_1@c.us_3EB0", "whatsapp-web.js: of a person"),
        of(DIRECT, MESSAGE, "-5", "a number"),
        of(DIRECT, MESSAGE, "true_story", "a word"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("forms")
  @DisplayName("The form of an id shows a group, whatever hides it")
  void form(MessageKind kind, Function<JsonValue, MessageKind> form, String id, String why) {
    assertThat(form.apply(Json.createValue(id))).as(why).isEqualTo(kind);
  }
}
