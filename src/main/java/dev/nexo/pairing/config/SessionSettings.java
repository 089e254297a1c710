package dev.nexo.pairing.config;

import java.time.Duration;

/**
 * How long companions stay signed in.
 *
 * @param ttl {@code pairing.session_ttl_secs}: 1 s to 315360000 s (ten years); default 24 h
 */
public record SessionSettings(Duration ttl) {}
