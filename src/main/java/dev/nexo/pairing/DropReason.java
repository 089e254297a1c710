package dev.nexo.pairing;

import java.util.Locale;

/** Why a message is dropped. */
public enum DropReason {
  /** All slots for pending requests of the account are taken. */
  MAX_PENDING,
  /** The sender is missing, or no sender at all in the eyes of the channel's adapter. */
  REJECTED_SENDER,
  /** The channel's adapter could not be asked. */
  ADAPTER_UNAVAILABLE,
  /** The operator denied the sender; they are not challenged again for a while. */
  DENIED,
  /** The operator blocked the sender. */
  BLOCKED,
  /** The caller has used up what it may ask. */
  BUDGET,
  /** The database failed, or took longer than 5 s. */
  STORAGE;

  /** The reason as it stands in JSON and in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
