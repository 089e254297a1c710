package dev.nexo.pairing.internal;

import dev.nexo.pairing.InboundOutcome.Command;
import java.util.Optional;

/** Executes what owners decide in their chats. Thread-safe. */
public interface OwnerCommands {

  /**
   * What a person wrote to the bot alone in their own words, or a press on a button.
   *
   * @param channel the channel
   * @param accountId the account that received it; null if the message named none
   * @param senderId the sender in any form that the channel uses
   * @param text the text, or null; not used if this is a press
   * @param press what the button that was pressed carries; null if this is no press
   * @param presser who pressed, in any form that the channel uses; null if the press does not say
   */
  record OwnWords(
      String channel,
      String accountId,
      String senderId,
      String text,
      String press,
      String presser) {

    /** Omits the text and the press. */
    @Override
    public String toString() {
      return "OwnWords[channel=%s, accountId=%s, senderId=%s]"
          .formatted(channel, accountId, senderId);
    }
  }

  /** Returns whether owners decide in their chats at all. */
  boolean enabled();

  /**
   * Executes a command, and puts one line for the owner into the outbox.
   *
   * @return the result; empty if this is no command, or its sender is no owner
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not answer
   */
  Optional<Command> execute(OwnWords words);
}
