package dev.nexo.pairing.notice.chat;

import dev.nexo.pairing.message.TextKind;

/** What an owner can do with a request. */
enum Order {
  /** Admit the sender. */
  APPROVE("a", TextKind.OWNER_APPROVE),
  /** Deny the request. */
  DENY("d", TextKind.OWNER_DENY),
  /** Block the sender. */
  BLOCK("b", TextKind.OWNER_BLOCK);

  private final String letter;
  private final TextKind label;

  Order(String letter, TextKind label) {
    this.letter = letter;
    this.label = label;
  }

  /** Returns the letter in the data of the button. */
  String letter() {
    return letter;
  }

  /** Returns the text on the button. */
  TextKind label() {
    return label;
  }
}
