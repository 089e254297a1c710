package dev.nexo.pairing.intake;

import dev.nexo.pairing.DropReason;
import java.util.Optional;

/**
 * What a channel's plugin reports ({@code protocol.md#kinds-of-messages}). The constants are
 * ordered: if a message shows signs of several kinds, the later constant applies.
 */
enum MessageKind {
  /** A person wrote to the bot alone. */
  DIRECT(null),
  /** The plugin reports its own state; nobody sent it. */
  LIFECYCLE(null),
  /** A typing notice, a receipt, or another notice about a person. */
  RECEIPT(DropReason.NOT_A_MESSAGE),
  /** A reaction to a message. */
  REACTION(DropReason.NOT_A_MESSAGE),
  /** An earlier message was changed or deleted. */
  EDIT(DropReason.NOT_A_MESSAGE),
  /** A message of the past, which the plugin reads again after it has connected. */
  HISTORY(DropReason.NOT_A_MESSAGE),
  /** A message that several people can read. */
  GROUP(DropReason.GROUP),
  /** A post in a channel, a status, or a broadcast. */
  CHANNEL_POST(DropReason.CHANNEL_POST),
  /** A program wrote it. */
  BOT(DropReason.BOT),
  /** The operator's own account wrote it. */
  OWN_ECHO(DropReason.OWN_ECHO);

  private final DropReason reason;

  MessageKind(DropReason reason) {
    this.reason = reason;
  }

  /** Returns why a message of this kind is dropped; empty if the gate decides. */
  Optional<DropReason> dropReason() {
    return Optional.ofNullable(reason);
  }

  /** Returns whether a message of this kind is no new message. */
  boolean isNotice() {
    return reason == DropReason.NOT_A_MESSAGE;
  }

  /** Returns the stricter of two kinds. */
  MessageKind or(MessageKind other) {
    return other.compareTo(this) > 0 ? other : this;
  }
}
