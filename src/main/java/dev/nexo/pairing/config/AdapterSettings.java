package dev.nexo.pairing.config;

import java.util.Map;

/**
 * Channels that are driven over the broker.
 *
 * @param brokerPrefixes {@code pairing.adapters.<channel>.broker_prefix}, by channel
 */
public record AdapterSettings(Map<String, String> brokerPrefixes) {}
