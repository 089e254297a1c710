package dev.nexo.pairing.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The location of the database: a file, a URL or a data source. A URL and a data source cannot be
 * combined.
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

  /** Returns settings for a SQLite file. */
  public static StorageSettings file(Path path) {
    return new StorageSettings(
        path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns whether the database is the SQLite file {@link #path}, and not a database server. */
  public boolean isFile() {
    return url.isEmpty() && jndi.isEmpty();
  }

  /** Returns the name of the database for messages: the data source, the URL or the path. */
  public String name() {
    return jndi.or(() -> url).orElseGet(path::toString);
  }

  /** Omits the login. */
  @Override
  public String toString() {
    return "StorageSettings[" + name() + "]";
  }
}
