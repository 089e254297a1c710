package dev.nexo.pairing.outbox;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PendingRequest;

/**
 * Sees to it that what the gate put into the outbox goes out. Thread-safe; nothing here throws for
 * what a broker, an adapter or the database does.
 */
public interface ChallengeDelivery {

  /**
   * Has a request's challenge delivered now, and waits for how that goes, 3 s at most.
   *
   * @param request a pending request whose challenge is in the outbox
   * @return how it went; {@link DeliveryResult#PUBLISH_FAILED} where it is not known in time: the
   *     challenge waits in the outbox then, or is being handed over
   */
  DeliveryResult deliver(PendingRequest request);

  /** Has a look into the outbox now, and waits for nothing. */
  void wake();
}
