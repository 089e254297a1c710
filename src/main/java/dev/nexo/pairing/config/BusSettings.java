package dev.nexo.pairing.config;

import java.util.Optional;

/**
 * How the gate can be asked over the bus.
 *
 * @param service {@code pairing.bus.service}: answer on {@code pairing.inbound}; default false
 * @param forwardPrefix {@code pairing.bus.forward_prefix}: filter {@code plugin.inbound.>} and
 *     republish what is admitted under this prefix; empty: no filter
 */
public record BusSettings(boolean service, Optional<String> forwardPrefix) {}
