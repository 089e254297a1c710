package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.json.Violations;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;

/** Finds the sender an operator means among the rows there are. Thread-safe. */
@Component
public final class SenderLookup {

  private final PairingAdapterRegistry adapters;

  /** Asks these adapters. */
  @Inject
  public SenderLookup(PairingAdapterRegistry adapters) {
    this.adapters = adapters;
  }

  /**
   * The id under which a sender is stored: in canonical form, or trimmed where the adapter rejects
   * it or does not answer. Rejecting is right for who wants in; but a database that Nexo made may
   * hold ids that no adapter takes, and no sender may be beyond revoking because a plugin is away.
   *
   * @param channel the channel
   * @param raw the sender as the operator wrote it, or null after its absence was noted
   * @param violations where to note that it cannot be a sender at all
   * @return the id, or null where that was noted
   */
  String stored(String channel, String raw, Violations violations) {
    if (raw == null) {
      return null;
    }
    String trimmed = raw.strip();
    if (!SenderKey.isSender(trimmed)) {
      violations.add("sender_id", "must be 1 to 256 characters without control characters");
      return null;
    }
    try {
      return adapters.normalizeSender(channel, trimmed).orElse(trimmed);
    } catch (AdapterUnavailableException e) {
      return trimmed;
    }
  }
}
