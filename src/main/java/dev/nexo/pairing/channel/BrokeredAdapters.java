package dev.nexo.pairing.channel;

import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BrokerState;
import dev.nexo.pairing.broker.NatsSubject;
import dev.nexo.pairing.config.AdapterSettings;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** The adapters that the configuration declares ({@code pairing.adapters}). Thread-safe. */
@Component
public final class BrokeredAdapters {

  private static final Logger LOG = System.getLogger(BrokeredAdapters.class.getName());

  private final List<PairingChannelAdapter> adapters;

  /**
   * Makes one adapter for each configured channel.
   *
   * @throws IllegalStateException where a prefix is no NATS subject, or there is no NATS server
   */
  @Inject
  BrokeredAdapters(AdapterSettings settings, Broker broker, IdSource ids) {
    this.adapters =
        settings.brokerPrefixes().entrySet().stream()
            .map(e -> adapter(e.getKey(), e.getValue(), broker, ids))
            .toList();
  }

  private static PairingChannelAdapter adapter(
      String channel, String prefix, Broker broker, IdSource ids) {
    String key = key(channel);
    if (!NatsSubject.isPrefix(prefix)) {
      throw refused(key + ": expected a NATS subject without wildcards, like plugins.signal");
    }
    if (broker.state() == BrokerState.IN_PROCESS) {
      throw refused(
          key + ": expected pairing.broker.url to be set too, the adapter is asked over NATS");
    }
    return new BrokeredAdapter(channel, new AdapterRpc(broker, ids, prefix));
  }

  private static IllegalStateException refused(String message) {
    LOG.log(Level.ERROR, message);
    return new IllegalStateException(message);
  }

  /** The key that declares the adapter of a channel. */
  public static String key(String channel) {
    return "pairing.adapters." + channel + ".broker_prefix";
  }

  /** All of them, one for each channel. */
  public List<PairingChannelAdapter> all() {
    return adapters;
  }
}
