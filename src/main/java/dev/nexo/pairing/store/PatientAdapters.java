package dev.nexo.pairing.store;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.spi.SenderVerdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks the adapters about many senders, and not an adapter that does not answer. One thread. */
final class PatientAdapters {

  /** The number of consecutive timeouts after which an adapter is not called again. */
  private static final int MOST_SILENT = 3;

  private final PairingAdapterRegistry adapters;
  private final Map<String, Integer> silent = new HashMap<>();

  PatientAdapters(PairingAdapterRegistry adapters) {
    this.adapters = adapters;
  }

  /** Returns what the channel's adapter says about an id; empty if it does not answer. */
  Optional<SenderVerdict> assess(String channel, String senderId) {
    int before = silent.getOrDefault(channel, 0);
    if (before >= MOST_SILENT) {
      return Optional.empty();
    }
    try {
      SenderVerdict verdict = adapters.assess(channel, senderId);
      silent.remove(channel);
      return Optional.of(verdict);
    } catch (AdapterUnavailableException e) {
      silent.put(channel, before + 1);
      return Optional.empty();
    }
  }
}
