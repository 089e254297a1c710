package dev.nexo.pairing.intake;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Collects the ids that a message gives for the group that it was written in. An id counts only in
 * the fields that the message itself has for its chat; objects that are not known are not read. If
 * the message names two groups, none of them counts, so that nobody can write in one group with the
 * approval of another.
 */
final class GroupIds {

  /** Fields that name a group and nothing else. */
  private static final Set<String> GROUPS =
      FieldNames.names("groupid groupjid groupopenid roomid groupguid");

  /** Fields of a message that are the id of its chat. */
  private static final Set<String> CHATS =
      FieldNames.names("chat chatid chatguid conversationid remotejid channelid streamid rid");

  /** Fields that can also be a chat's title, which anybody can choose, or a person's id. */
  private static final Set<String> CHATS_OR_TITLES =
      FieldNames.names("remote room peer channel target from");

  /** Fields that say that the names of channels are only unique within a server: Discord's. */
  private static final Set<String> SERVERS = FieldNames.names("guildid guild serverid");

  /** Fields of a chat that are its id. */
  private static final Set<String> OF_CHAT =
      FieldNames.names("id jid guid serialized chatidentifier chatid channelid");

  /** Objects that describe the group: Signal's. */
  private static final Set<String> INFOS = FieldNames.names("groupinfo groupv2 groupcontext");

  /** Fields of such an object that are the group's id. */
  private static final Set<String> OF_INFO = FieldNames.names("id groupid");

  /** Telegram's groups; a topic may be behind the id. */
  private static final Pattern NEGATIVE = Pattern.compile("(-[0-9]+)([^0-9A-Za-z+-].*)?");

  /** The ids whose field or form shows a group. */
  private final Set<String> groups = new TreeSet<>();

  /** The other ids of chats: those of Discord and Matrix do not show what they are. */
  private final Set<String> chats = new TreeSet<>();

  private boolean ofServer;

  /** Reads a field of a message, or of an object in it. */
  void see(MessageScope scope, String name, JsonValue value) {
    switch (scope) {
      case MESSAGE -> {
        if (INFOS.contains(name) && value instanceof JsonObject info) {
          info.forEach(
              (field, id) -> {
                if (OF_INFO.contains(FieldNames.plain(field))) {
                  add(groups, id(id));
                }
              });
        }
        ofServer |= SERVERS.contains(name);
        seeId(name, CHATS.contains(name), CHATS_OR_TITLES.contains(name), value);
      }
      case CHAT, CHANNEL, SOURCE -> seeId(name, OF_CHAT.contains(name), false, value);
      case SENDER, PRESS, ABOUT -> {
        // These ids are a person's, or another chat's.
      }
    }
  }

  private void seeId(String name, boolean isId, boolean mayBeId, JsonValue value) {
    if (GROUPS.contains(name) || ((isId || mayBeId) && showsGroup(name, value))) {
      add(groups, id(value));
    } else if (isId) {
      add(chats, id(value));
    }
  }

  private static boolean showsGroup(String name, JsonValue value) {
    MessageKind kind =
        name.equals("from")
            ? ChatIds.ofSender(value)
            : name.startsWith("channel") ? ChatIds.ofChannel(value) : ChatIds.ofChat(value);
    return kind == MessageKind.GROUP;
  }

  private static void add(Set<String> ids, String id) {
    if (id != null) {
      ids.add(id);
    }
  }

  /** The id as a string; null if the value is no id. */
  private static String id(JsonValue value) {
    String id = null;
    if (value instanceof JsonNumber number && number.isIntegral()) {
      id = number.bigIntegerValue().toString();
    } else if (value instanceof JsonString text) {
      id = text.getString().strip();
    }
    if (id == null || id.isEmpty()) {
      return null;
    }
    Matcher topic = NEGATIVE.matcher(id);
    return topic.matches() ? topic.group(1) : id;
  }

  /** Returns the id of the group; null if the message names none, or several. */
  String only() {
    if (ofServer) {
      groups.removeIf(ChatIds::isNamedChannel);
    }
    Set<String> ids = groups.isEmpty() ? chats : groups;
    return ids.size() == 1 ? ids.iterator().next() : null;
  }
}
