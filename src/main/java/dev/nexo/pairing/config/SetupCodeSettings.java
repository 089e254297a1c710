package dev.nexo.pairing.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The keys and the lifetime of setup codes.
 *
 * @param secretPath {@code pairing.setup_code.secret_path}: the key file; default {@code
 *     $NEXO_HOME/secret/pairing.key}
 * @param previousSecretPaths {@code pairing.setup_code.previous_secret_paths}: files of previous
 *     keys, which still verify the codes that they signed; default none
 * @param defaultTtl {@code pairing.setup_code.default_ttl_secs}: 1 s to 24 h; default 60 s
 */
public record SetupCodeSettings(
    Path secretPath, List<Path> previousSecretPaths, Duration defaultTtl) {}
