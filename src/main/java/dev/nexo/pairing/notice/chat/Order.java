package dev.nexo.pairing.notice.chat;

import java.util.Locale;

/** What an owner can do with a request. */
enum Order {
  /** Admit the sender. */
  APPROVE("Approve"),
  /** Deny the request. */
  DENY("Deny"),
  /** Block the sender. */
  BLOCK("Block");

  private final String label;

  Order(String label) {
    this.label = label;
  }

  /** Returns the letter in the data of the button. */
  String letter() {
    return label.substring(0, 1).toLowerCase(Locale.ROOT);
  }

  /** Returns the label of the button. */
  String label() {
    return label;
  }
}
