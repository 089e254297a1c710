package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.http.operator.SenderParser.Parsed;

/**
 * Ends what operators have decided about a sender, also in rows that Nexo stored under the id as
 * given.
 */
final class SenderChanges {

  private SenderChanges() {}

  /**
   * Revokes the canonical sender first, who is the one that the gate admits, and the rows that Nexo
   * stored under the id as given. Returns the number of changed rows.
   *
   * @param everywhere whether the sender is revoked on all accounts of the channel
   * @throws InvalidValueException if the adapter rejects the id and no row has it
   */
  static int revoke(PairingStore store, Parsed parsed, boolean everywhere, Actor by) {
    boolean accepted = parsed.verdict().canonical() != null;
    int revoked = accepted ? revoke(store, parsed.sender(), everywhere, by) : 0;
    for (SenderKey raw : parsed.asGiven()) {
      revoked += revoke(store, raw, everywhere, by);
    }
    if (revoked == 0 && !accepted) {
      parsed.sender();
    }
    return revoked;
  }

  private static int revoke(PairingStore store, SenderKey sender, boolean everywhere, Actor by) {
    return everywhere
        ? store.revokeOnAllAccounts(sender.channel(), sender.senderId(), by).size()
        : store.revoke(sender, by);
  }

  /**
   * Removes the block or denial of a sender. Returns the number of changed rows.
   *
   * @throws InvalidValueException if the adapter rejects the id and no row has it
   */
  static int unblock(PairingStore store, Parsed parsed, Actor by) {
    boolean accepted = parsed.verdict().canonical() != null;
    int unblocked = accepted ? store.unblock(parsed.sender(), by) : 0;
    // Earlier releases stored ids that the adapter rejects.
    for (SenderKey raw : parsed.asGiven()) {
      unblocked += store.unblock(raw, by);
    }
    if (unblocked == 0 && !accepted) {
      parsed.sender();
    }
    return unblocked;
  }
}
