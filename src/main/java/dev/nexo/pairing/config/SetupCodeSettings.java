package dev.nexo.pairing.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How setup codes are signed.
 *
 * @param secretPath {@code pairing.setup_code.secret_path}: the key file; default {@code
 *     $NEXO_HOME/secret/pairing.key}
 * @param defaultTtl {@code pairing.setup_code.default_ttl_secs}: 1 s to 24 h; default 60 s
 */
public record SetupCodeSettings(Path secretPath, Duration defaultTtl) {}
