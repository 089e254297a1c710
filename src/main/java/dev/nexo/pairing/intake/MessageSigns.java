package dev.nexo.pairing.intake;

/**
 * What the fields of a message say about it.
 *
 * @param kind what the plugin reports
 * @param contact whether the plugin says that the account has written to the sender before
 * @param notice whether it is an edit, a reaction, a notice or an old message, also if its kind is
 *     {@link MessageKind#GROUP}
 * @param group the id of the group as the message gives it; null if it gives none, or several
 * @param move the change of a group's id that the message reports, or null
 */
record MessageSigns(
    MessageKind kind, boolean contact, boolean notice, String group, GroupMove move) {

  /** The signs of a message that says nothing about itself. */
  static final MessageSigns NONE = of(MessageKind.DIRECT);

  /** Returns the signs of a message of which only the kind is known. */
  static MessageSigns of(MessageKind kind) {
    return new MessageSigns(kind, false, kind.isNotice(), null, null);
  }
}
