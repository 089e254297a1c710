package dev.nexo.pairing.internal;

import java.util.Locale;

/** Receives how many messages from the bus this server discarded. Thread-safe. */
@FunctionalInterface
public interface BusLossListener {

  /** Who discarded the messages. */
  enum Receiver {
    /** The filter on {@code plugin.inbound}. */
    FILTER,
    /** The service on {@code pairing.inbound}. */
    SERVICE;

    /** Returns the name in metrics. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reports messages that were not processed because they arrived too fast, or that could not be
   * passed on.
   *
   * @param receiver who discarded them
   * @param count how many, at least 1
   */
  void lost(Receiver receiver, long count);
}
