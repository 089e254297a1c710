package dev.nexo.pairing.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The lifetime of companion sessions.
 *
 * @param ttl {@code pairing.session_ttl_secs}: 1 s to 315360000 s (ten years); default 24 h
 * @param idle {@code pairing.session_idle_secs}: the time without use after which a session ends, 1
 *     s to 315360000 s; empty: never
 */
public record SessionSettings(Duration ttl, Optional<Duration> idle) {}
