package dev.nexo.pairing.spi;

import dev.nexo.pairing.Decision;

/**
 * Is notified of every decision of the gate, on the calling thread. It is called directly, because
 * firing a CDI event takes longer than an admission from the cache. Implementations are CDI beans,
 * return quickly, and throw no exceptions.
 */
public interface DecisionListener {

  /** A message was admitted from the cache. */
  void admittedFromCache(String channel);

  /**
   * A decision was made without the cache.
   *
   * @param channel the channel
   * @param decision the decision
   * @param nanos the duration in nanoseconds
   */
  void decided(String channel, Decision decision, long nanos);
}
