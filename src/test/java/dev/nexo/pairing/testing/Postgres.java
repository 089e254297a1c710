package dev.nexo.pairing.testing;

import dev.nexo.pairing.config.StorageSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL, started once for all tests of this virtual machine, or one that runs already:
 * {@code -Dpostgres.url=jdbc:postgresql://host:port/} with {@code -Dpostgres.username} and {@code
 * -Dpostgres.password} of a user who may create databases. Every test gets its own database.
 */
public final class Postgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Postgres() {}

  /** The server. It is started on first use and stopped by a shutdown hook. */
  private static final class Embedded {

    private static final String URL = start();

    private static String start() {
      try {
        return "jdbc:postgresql://localhost:" + EmbeddedPostgres.builder().start().getPort() + "/";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Creates an empty database. */
  public static StorageSettings newDatabase() {
    String given = System.getProperty("postgres.url");
    String url = given == null ? Embedded.URL : given;
    String username = System.getProperty("postgres.username", "postgres");
    String password = System.getProperty("postgres.password", "postgres");
    String name = "pairing_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(url + "postgres", username, password);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new StorageSettings(
        Path.of("unused"),
        Optional.of(url + name),
        Optional.of(username),
        Optional.of(password),
        Optional.empty());
  }
}
