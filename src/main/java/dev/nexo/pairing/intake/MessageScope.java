package dev.nexo.pairing.intake;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What an object in a payload describes, and so what its fields mean. */
enum MessageScope {
  /** The message itself, or a wrapper of it. */
  MESSAGE,
  /** The conversation that the message belongs to. */
  CHAT,
  /** A conversation in a field named {@code channel}, where Slack's short ids are. */
  CHANNEL,
  /** LINE's name for the person, group or room that a message comes from. */
  SOURCE,
  /** The author of the message. */
  SENDER,
  /** A press on a button. The message in it is the bot's own, so only its chat is read. */
  PRESS,
  /**
   * Another message that this one is about, a notice, or an unknown object: only its chat counts.
   */
  ABOUT;

  private static final Map<String, MessageScope> CHATS =
      inner(
          CHAT,
          "chat chats conversation room peer thread space broadcast",
          CHANNEL,
          "channel",
          SOURCE,
          "source");

  private static final Map<String, MessageScope> OF_MESSAGE =
      inner(
          MESSAGE,
          "message messages messaging msg key id info data d event events payload raw body update"
              + " updates envelope datamessage content post entry changes value params activity"
              + " editedmessage businessmessage editedbusinessmessage channelpost"
              + " editedchannelpost messagereaction unsigned editmessage mnewcontent props",
          SENDER,
          "from fromuser sender author user actor",
          PRESS,
          "callbackquery");

  private static final Map<String, MessageScope> OF_CHAT = inner(CHAT, "id", CHANNEL, "channel");

  private static final Map<String, MessageScope> OF_SENDER = inner(SENDER, "id");

  private static final Map<String, MessageScope> OF_PRESS = inner(SENDER, "from");

  /** Parts of the names of messages that another message contains. */
  private static final List<String> QUOTED = List.of("quote", "reply", "replied", "forward");

  /** WhatsApp's own names of what a message contains: {@code imageMessage}, {@code …MessageV2}. */
  private static final Pattern CONTAINED = Pattern.compile(".*message(v[0-9]+(extension)?)?");

  /** Parts of the names of objects that belong to another message or chat than this one. */
  private static final List<String> OTHERS =
      List.of(
          "quote", "reply", "replied", "forward", "fwd", "mention", "invite", "giveaway", "gift");

  /** The names of further such objects. Rich text, files and stickers have an origin. */
  private static final Set<String> OTHER =
      FieldNames.names(
          "application webpage messagereference referencedmessage messagesnapshots contextinfo blocks entities"
              + " captionentities attachment attachments embed embeds file files sticker stickers"
              + " stickeritems story chatshared assistantthread personalchat");

  /**
   * Returns the scope of an object in an object of this scope, or of the objects in an array in it.
   * An object that is not known can contain signs of a group, so it is read too.
   *
   * @param name the plain name of the field
   * @return null if the object belongs to another message, such as a quotation, and is not read
   */
  MessageScope inner(String name) {
    MessageScope known = known(name);
    if (known != null) {
      return known;
    }
    return isOther(name) ? null : ABOUT;
  }

  /** Returns whether a field of a message holds a wrapper of it, its chat or its author. */
  static boolean isWrapper(String name) {
    MessageScope known = MESSAGE.known(name);
    return known != null && known != PRESS;
  }

  /**
   * Returns whether a field of the object {@code message} of WhatsApp is content: {@code
   * imageMessage}, {@code pollCreationMessageV3}.
   */
  static boolean isContained(String name) {
    return CONTAINED.matcher(name).matches();
  }

  /**
   * Returns whether a field of the object {@code message} of WhatsApp is a wrapper of the message,
   * as {@code ephemeralMessage:{message:{…}}}.
   */
  static boolean isWrapper(String name, JsonValue value) {
    return value instanceof JsonObject object
        && object.get("message") instanceof JsonObject
        && isContained(name)
        && QUOTED.stream().noneMatch(name::contains);
  }

  private MessageScope known(String name) {
    Map<String, MessageScope> own =
        switch (this) {
          case MESSAGE -> OF_MESSAGE;
          case CHAT, CHANNEL, SOURCE -> OF_CHAT;
          case SENDER -> OF_SENDER;
          case PRESS -> OF_PRESS;
          case ABOUT -> CHATS;
        };
    MessageScope scope = own.get(name);
    return scope == null && this == MESSAGE ? CHATS.get(name) : scope;
  }

  private static boolean isOther(String name) {
    return OTHER.contains(name) || OTHERS.stream().anyMatch(name::contains);
  }

  private static Map<String, MessageScope> inner(Object... scopesAndNames) {
    Map<String, MessageScope> inner = new HashMap<>();
    for (int i = 0; i < scopesAndNames.length; i += 2) {
      MessageScope scope = (MessageScope) scopesAndNames[i];
      FieldNames.names((String) scopesAndNames[i + 1]).forEach(name -> inner.put(name, scope));
    }
    return Map.copyOf(inner);
  }
}
