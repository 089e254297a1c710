package dev.nexo.pairing.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The lifetime of companion sessions.
 *
 * @param ttl {@code pairing.session_ttl_secs}: 1 s to 315360000 s (ten years); default 24 h
 * @param idle {@code pairing.session_idle_secs}: the time without use after which a session ends, 1
 *     s to 315360000 s; empty: never
 * @param max {@code pairing.session_max_secs}: the time after the pairing up to which a companion
 *     can renew its session; 0 to 315360000 s, and 0 means never; default 30 days, or {@code ttl}
 *     if that is longer
 */
public record SessionSettings(Duration ttl, Optional<Duration> idle, Duration max) {}
