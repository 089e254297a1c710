package dev.nexo.pairing.intake;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigInteger;

/**
 * Telegram's service message that a group has become a supergroup, which has another id.
 *
 * @param from the id of the group
 * @param to the id of the supergroup
 */
record GroupMove(String from, String to) {

  static final String MOVED_FROM = "migratefromchatid";
  static final String MOVED_TO = "migratetochatid";

  /** The ids of supergroups are lower than this; those of groups are not. */
  private static final BigInteger SUPERGROUPS = BigInteger.valueOf(-1_000_000_000_000L);

  /**
   * Returns the move that a service message reports; null if it is none. Telegram sends it in the
   * group and in the supergroup, so the chat of the message must be one of the two.
   *
   * @param chat the chat of the message
   * @param from the value of {@code migrate_from_chat_id}, or null
   * @param to the value of {@code migrate_to_chat_id}, or null
   */
  static GroupMove of(String chat, JsonValue from, JsonValue to) {
    if (chat == null || (from == null) == (to == null)) {
      return null;
    }
    GroupMove move = from == null ? new GroupMove(chat, id(to)) : new GroupMove(id(from), chat);
    return move.isPlausible() ? move : null;
  }

  private boolean isPlausible() {
    BigInteger group = number(from);
    BigInteger supergroup = number(to);
    return group != null
        && supergroup != null
        && group.signum() < 0
        && group.compareTo(SUPERGROUPS) > 0
        && supergroup.compareTo(SUPERGROUPS) < 0;
  }

  private static BigInteger number(String id) {
    return id != null && id.matches("-[0-9]{1,18}") ? new BigInteger(id) : null;
  }

  private static String id(JsonValue value) {
    if (value instanceof JsonNumber number && number.isIntegral()) {
      return number.bigIntegerValue().toString();
    }
    return value instanceof JsonString text ? text.getString() : null;
  }
}
