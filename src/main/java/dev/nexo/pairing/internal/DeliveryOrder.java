package dev.nexo.pairing.internal;

import dev.nexo.pairing.SenderKey;

/** Keeps held messages of an approved sender in front of the sender's next messages. */
@FunctionalInterface
public interface DeliveryOrder {

  /**
   * Waits while the held messages of a sender are being delivered on this server, up to 2 s.
   * Returns at once if none are.
   */
  void await(SenderKey sender);
}
