package dev.nexo.pairing.config;

import java.util.Map;

/**
 * The channel adapters that are reached over the broker.
 *
 * @param brokerPrefixes {@code pairing.adapters.<channel>.broker_prefix}, by channel
 */
public record AdapterSettings(Map<String, String> brokerPrefixes) {}
