package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.Violations;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;

/** Finds the stored sender that an operator names. Thread-safe. */
@Component
public final class SenderLookup {

  private final PairingAdapterRegistry adapters;

  @Inject
  public SenderLookup(PairingAdapterRegistry adapters) {
    this.adapters = adapters;
  }

  /**
   * Ends the reading of a body, and returns its sender.
   *
   * @param account the field {@code channel} with {@code account_id}; null if one is invalid
   * @param raw the field {@code sender_id}; null if it is missing
   * @throws ProblemException a 400 that names all violations of the body
   */
  SenderKey sender(ChannelAccount account, String raw, JsonFields fields) {
    // Without a valid channel there is no adapter to ask.
    String senderId = account == null ? null : stored(account.channel(), raw, fields.violations());
    fields.end();
    return new SenderKey(account.channel(), account.accountId(), senderId);
  }

  /**
   * Returns the id under which a sender is stored: in canonical form, or trimmed if the adapter
   * rejects it or does not respond. A database that Nexo wrote may contain ids that no adapter
   * accepts, and an operator must be able to revoke every sender even if an adapter is down.
   *
   * @param raw the sender as the operator wrote it, or null if it is missing
   * @return null if it is missing, or is invalid (a violation)
   */
  String stored(String channel, String raw, Violations violations) {
    String trimmed = violations.sender("sender_id", raw);
    if (trimmed == null) {
      return null;
    }
    try {
      return adapters.normalizeSender(channel, trimmed).orElse(trimmed);
    } catch (AdapterUnavailableException e) {
      return trimmed;
    }
  }
}
