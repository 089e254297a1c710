package dev.nexo.pairing.intake;

/**
 * What the fields of a message say about it.
 *
 * @param kind what the plugin reports
 * @param contact whether the plugin says that the account has written to the sender before
 */
record MessageSigns(MessageKind kind, boolean contact) {

  /** The signs of a message that says nothing about itself. */
  static final MessageSigns NONE = new MessageSigns(MessageKind.DIRECT, false);
}
