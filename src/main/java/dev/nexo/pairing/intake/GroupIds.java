package dev.nexo.pairing.intake;

import dev.nexo.pairing.channel.GroupIdRules;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects the ids that a message gives for the group that it was written in. An id counts only in
 * the message object and the objects that the channel itself puts around or into it, such as {@code
 * chat}. On some channels, the author of a message shapes further objects, such as {@code content}
 * of Matrix: what they name cannot choose the group, but it can contradict. If the message names
 * two chats, none of them counts, so that nobody can write in one group with the approval of
 * another.
 */
final class GroupIds {

  /** Who has written an object. */
  enum Origin {
    /** The plugin or the channel: the object of the message, or its chat. */
    CHANNEL,
    /** Possibly the author of the message. */
    AUTHOR,
    /** The object is about another chat, or is not known. */
    OTHER;

    /**
     * The objects that authors shape: the content of Matrix, the value of a card of Teams, the data
     * of a web chat, and general names that plugins give to either.
     */
    private static final Set<String> AUTHORED =
        FieldNames.names("content data params raw body payload props value mnewcontent unsigned");

    /**
     * Returns the origin of an object that the channel may have written. What is in the object
     * {@code message} of WhatsApp was encrypted by the author, who can also name a chat there.
     *
     * @param name the plain name of the object
     */
    static Origin of(String name, JsonObject object) {
      boolean content =
          name.equals("message")
              && object.entrySet().stream()
                  .anyMatch(
                      field ->
                          MessageFields.isContained(
                              FieldNames.plain(field.getKey()), field.getValue()));
      return content ? AUTHOR : CHANNEL;
    }

    /**
     * Returns the origin of an object in an object of this origin.
     *
     * @param parent the plain name of the outer object, or null
     * @param name the plain name of the object
     * @param scope what the object describes
     * @param press whether it is the bot's own message, below which a person pressed a button
     */
    Origin inner(String parent, String name, MessageScope scope, boolean press) {
      if (this == OTHER || scope == MessageScope.SENDER) {
        return OTHER;
      }
      if (scope == MessageScope.ABOUT && !press) {
        return OTHER;
      }
      // WhatsApp's Cloud API: entry[].changes[].value
      boolean cloudApi = name.equals("value") && "changes".equals(parent);
      return AUTHORED.contains(name) && !cloudApi ? AUTHOR : this;
    }
  }

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

  /** Flags that say that the message was written to the bot alone. */
  private static final Set<String> PRIVATE =
      FieldNames.names("isdirect isdm isprivate isdirectmessage isim");

  /** Flags that say so if they are false. */
  private static final Set<String> NOT_PRIVATE =
      FieldNames.names("isgroup isgroupmsg isgroupmessage isgroupchat");

  /** The ids of the message and its chat. */
  private final Set<String> ids = new TreeSet<>();

  /** The ids in what the author may have written. */
  private final Set<String> claimed = new TreeSet<>();

  private boolean ofServer;
  private boolean direct;

  /**
   * Reads a field of a message, or of an object in it.
   *
   * @param origin who has written the object; null if it is the outermost object
   */
  void see(MessageScope scope, Origin origin, JsonObject object, String name, JsonValue value) {
    if (origin == null) {
      direct |= PRIVATE.contains(name) && MessageFields.isYes(value);
      direct |= NOT_PRIVATE.contains(name) && MessageFields.isNo(value);
      direct |= name.equals("chattype") && isPrivate(value);
    }
    if (origin == Origin.OTHER) {
      return;
    }
    Set<String> found = origin == Origin.AUTHOR ? claimed : ids;
    switch (scope) {
      case MESSAGE -> {
        if (INFOS.contains(name) && value instanceof JsonObject info) {
          info.forEach(
              (field, id) -> {
                if (OF_INFO.contains(FieldNames.plain(field))) {
                  add(found, id(id));
                }
              });
        }
        ofServer |= SERVERS.contains(name);
        // Next to a conversation, it is the name of a product: Bot Framework's.
        boolean product = name.equals("channelid") && object.containsKey("conversation");
        boolean isId = CHATS.contains(name) && !product;
        seeId(found, name, isId, CHATS_OR_TITLES.contains(name), value);
      }
      case CHAT, CHANNEL, SOURCE -> seeId(found, name, OF_CHAT.contains(name), false, value);
      case SENDER, PRESS, ABOUT -> {
        // These ids are a person's, or another chat's.
      }
    }
  }

  private static boolean isPrivate(JsonValue type) {
    return MessageFields.isGiven(type) && KindNames.ofChatType(type) == MessageKind.DIRECT;
  }

  private static void seeId(
      Set<String> found, String name, boolean isId, boolean mayBeId, JsonValue value) {
    if (GROUPS.contains(name) || isId || (mayBeId && showsGroup(name, value))) {
      add(found, id(value));
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
    if (!id.isEmpty()) {
      ids.add(id);
    }
  }

  /** The id as a string; empty if the value is no id. */
  private static String id(JsonValue value) {
    if (value instanceof JsonNumber number && number.isIntegral()) {
      return GroupIdRules.canonical(number.bigIntegerValue().toString());
    }
    return value instanceof JsonString text ? GroupIdRules.canonical(text.getString()) : "";
  }

  /**
   * Returns the id of the group; null if the message names none, or several, or if the plugin says
   * that it was written to the bot alone.
   */
  String only() {
    if (ofServer) {
      ids.removeIf(ChatIds::isNamedChannel);
      claimed.removeIf(ChatIds::isNamedChannel);
    }
    if (direct || ids.size() != 1) {
      return null;
    }
    String id = ids.iterator().next();
    return claimed.stream().allMatch(id::equals) ? id : null;
  }
}
