package dev.nexo.pairing;

import dev.nexo.pairing.spi.SenderVerdict;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a message is dropped. */
public enum DropReason {
  /** All slots for pending requests of the account are taken, 3 per account. */
  MAX_PENDING,
  /** The sender id is missing, or the channel's adapter rejects it. */
  REJECTED_SENDER,
  /** The message is from a group or channel, which is not challenged. */
  GROUP,
  /** The sender id belongs to an account that speaks for many people. */
  SHARED_SENDER,
  /** The channel's adapter did not answer. */
  ADAPTER_UNAVAILABLE,
  /** The operator denied the sender, who is not challenged again for 60 minutes. */
  DENIED,
  /** The operator blocked the sender. */
  BLOCKED,
  /** The account has made as many challenges within an hour as its policy allows. */
  BUDGET,
  /** The database failed, or took longer than 5 s. */
  STORAGE,
  /** The message is a post in a channel, a status, or a broadcast. */
  CHANNEL_POST,
  /** A program wrote the message. */
  BOT,
  /** The operator's own account wrote the message. */
  OWN_ECHO,
  /** An edit, reaction, receipt, typing notice or old message of a sender who is not admitted. */
  NOT_A_MESSAGE;

  /** Returns the reason with this {@link #wireName}; empty if there is none. */
  public static Optional<DropReason> find(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName().equals(wireName)).findFirst();
  }

  /** Returns why a message of a sender that the channel's adapter rejects is dropped. */
  public static DropReason of(SenderVerdict rejected) {
    return switch (rejected.kind()) {
      case GROUP -> GROUP;
      case SHARED -> SHARED_SENDER;
      case PERSON, IMPOSSIBLE -> REJECTED_SENDER;
    };
  }

  /** Returns the name in JSON and in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
