package dev.nexo.pairing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.platform.IdSource;
import java.io.IOException;

/** Opens the database that the configuration names. */
final class Engines {

  /** Waiting for a connection, and then for a turn to write, stays within 5 s together. */
  private static final int POOL_WAIT_MILLIS = 2_000;

  private static final int CONNECTIONS = 8;

  private Engines() {}

  /**
   * Opens it.
   *
   * @throws IOException where a file cannot be made
   * @throws RuntimeException where the database does not let us in
   */
  static Engine open(StorageSettings settings, IdSource ids) throws IOException {
    if (settings.jndi().isPresent()) {
      return new PostgresEngine(ServerDataSource.find(settings.jndi().get()), () -> {}, ids);
    }
    if (settings.url().isPresent()) {
      HikariDataSource pool = pool(settings);
      return new PostgresEngine(pool, pool, ids);
    }
    return new SqliteEngine(settings.path());
  }

  private static HikariDataSource pool(StorageSettings settings) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("pairing");
    pool.setDriverClassName("org.postgresql.Driver");
    pool.setJdbcUrl(settings.url().orElseThrow());
    settings.username().ifPresent(pool::setUsername);
    settings.password().ifPresent(pool::setPassword);
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setConnectionTimeout(POOL_WAIT_MILLIS);
    pool.setValidationTimeout(POOL_WAIT_MILLIS / 2);
    // A network that swallows everything must not hold a caller for longer than 5 s, either.
    pool.addDataSourceProperty("connectTimeout", "2");
    pool.addDataSourceProperty("socketTimeout", "5");
    // Of several hosts in the URL only the primary: a standby admits who was revoked a moment ago.
    pool.addDataSourceProperty("targetServerType", "primary");
    pool.addDataSourceProperty("ApplicationName", "nexo-pairing");
    return new HikariDataSource(pool);
  }
}
