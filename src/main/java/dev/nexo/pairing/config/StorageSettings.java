package dev.nexo.pairing.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the database is. A URL or a data source takes the place of the file; both together are
 * refused.
 *
 * @param path {@code pairing.storage.path}: the SQLite file; default {@code
 *     $NEXO_HOME/data/pairing.db}
 * @param url {@code pairing.storage.url}: {@code jdbc:postgresql://…}, without a login in it
 * @param username {@code pairing.storage.username}
 * @param password {@code pairing.storage.password}
 * @param jndi {@code pairing.storage.jndi}: a non-transactional PostgreSQL data source of the
 *     server
 */
public record StorageSettings(
    Path path,
    Optional<String> url,
    Optional<String> username,
    Optional<String> password,
    Optional<String> jndi) {

  /** A SQLite file. */
  public static StorageSettings file(Path path) {
    return new StorageSettings(
        path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Whether the database is the SQLite file {@link #path}, and not a database server. */
  public boolean isFile() {
    return url.isEmpty() && jndi.isEmpty();
  }

  /** What to call it in messages. */
  public String name() {
    return jndi.or(() -> url).orElseGet(path::toString);
  }

  /** Leaves the login out. */
  @Override
  public String toString() {
    return "StorageSettings[" + name() + "]";
  }
}
