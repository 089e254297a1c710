package dev.nexo.pairing.config;

import java.nio.file.Path;

/**
 * Where the database lies.
 *
 * @param path {@code pairing.storage.path}: the SQLite file; default {@code
 *     $NEXO_HOME/data/pairing.db}
 */
public record StorageSettings(Path path) {}
