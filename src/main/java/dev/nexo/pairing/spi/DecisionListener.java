package dev.nexo.pairing.spi;

import dev.nexo.pairing.Decision;

/**
 * Is notified of every decision, on the thread that asked. A plain call and no CDI event: an
 * admission from the cache takes less time than firing one. Implementations are CDI beans, quick,
 * and do not throw.
 */
public interface DecisionListener {

  /** A message was admitted from the cache. */
  void admittedFromCache(String channel);

  /**
   * A decision was made that took more than the cache.
   *
   * @param channel the channel
   * @param decision what was decided
   * @param nanos how long it took, nanoseconds
   */
  void decided(String channel, Decision decision, long nanos);
}
