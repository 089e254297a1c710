package dev.nexo.pairing.testing;

import dev.nexo.pairing.config.StorageSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL, started once for all tests of this virtual machine; every test gets a database
 * of its own on it.
 */
public final class Postgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Postgres() {}

  /** Started when first asked for, and stopped by its own shutdown hook. */
  private static final class Server {

    private static final EmbeddedPostgres ONE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Makes an empty database. */
  public static StorageSettings newDatabase() {
    String name = "pairing_" + DATABASES.incrementAndGet();
    try (Connection connection = Server.ONE.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new StorageSettings(
        Path.of("unused"),
        Optional.of("jdbc:postgresql://localhost:" + Server.ONE.getPort() + "/" + name),
        Optional.of("postgres"),
        Optional.of("postgres"),
        Optional.empty());
  }
}
