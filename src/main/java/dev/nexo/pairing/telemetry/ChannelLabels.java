package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.platform.Component;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how many channels get a metric label of their own. Callers may use any channel name and
 * the registry never removes a label, so the number has to be bounded. Thread-safe.
 */
@Component
class ChannelLabels {

  /** The label of every channel after the first {@value #MOST}. */
  static final String OTHERS = "other";

  private static final int MOST = 100;

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  String label(String channel) {
    if (known.contains(channel)) {
      return channel;
    }
    return known.size() < MOST && known.add(channel) ? channel : OTHERS;
  }
}
