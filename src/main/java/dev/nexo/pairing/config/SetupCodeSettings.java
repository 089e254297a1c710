package dev.nexo.pairing.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How setup codes are signed.
 *
 * @param secretPath {@code pairing.setup_code.secret_path}: the key file; default {@code
 *     $NEXO_HOME/secret/pairing.key}
 * @param previousSecretPaths {@code pairing.setup_code.previous_secret_paths}: files of keys that
 *     go on verifying what was issued under them; default none
 * @param defaultTtl {@code pairing.setup_code.default_ttl_secs}: 1 s to 24 h; default 60 s
 */
public record SetupCodeSettings(
    Path secretPath, List<Path> previousSecretPaths, Duration defaultTtl) {}
