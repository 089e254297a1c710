package dev.nexo.pairing.config;

import java.util.Optional;

/**
 * How the gate serves the bus.
 *
 * @param service {@code pairing.bus.service}: whether to answer on {@code pairing.inbound}; default
 *     false
 * @param forwardPrefix {@code pairing.bus.forward_prefix}: filter {@code plugin.inbound.>} and
 *     republish admitted messages under this prefix; empty: no filter
 */
public record BusSettings(boolean service, Optional<String> forwardPrefix) {}
