package dev.nexo.pairing.e2e;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.Postgres;
import dev.nexo.pairing.testing.Relay;
import dev.nexo.pairing.testing.ServerClient;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Two packaged servers that share a PostgreSQL database but no files. The second one connects
 * through a relay that tests can interrupt.
 */
final class TwoNodes implements AutoCloseable {

  private final StorageSettings storage = Postgres.newDatabase();
  private final Relay wire;
  private final PackagedServer first;
  private final PackagedServer second;

  /** Creates two servers without starting them. */
  TwoNodes(String name) {
    URI database = URI.create(storage.url().orElseThrow().substring("jdbc:".length()));
    wire = new Relay(database.getPort());
    first = node(name + "-1", storage.url().orElseThrow());
    second = node(name + "-2", "jdbc:postgresql://127.0.0.1:" + wire.port() + database.getPath());
  }

  private PackagedServer node(String name, String url) {
    return new PackagedServer(name)
        .environment("PAIRING_STORAGE_URL", url)
        .environment("PAIRING_STORAGE_USERNAME", storage.username().orElseThrow())
        .environment("PAIRING_STORAGE_PASSWORD", storage.password().orElseThrow());
  }

  /** Sets an environment variable of both servers. */
  TwoNodes environment(String name, String value) {
    first.environment(name, value);
    second.environment(name, value);
    return this;
  }

  /** Starts both servers at the same time, so that their migrations may overlap. */
  TwoNodes start() {
    first.launch();
    second.launch();
    first.awaitReady();
    second.awaitReady();
    return this;
  }

  PackagedServer first() {
    return first;
  }

  PackagedServer second() {
    return second;
  }

  /** The relay between the second server and the database. */
  Relay wire() {
    return wire;
  }

  /** A client of one server with the operator's credentials; both servers use one password. */
  ServerClient operator(PackagedServer node) {
    return node.operatorSharedWith(node == first ? second : first);
  }

  /** Opens a connection of the test to the database. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        storage.url().orElseThrow(),
        storage.username().orElseThrow(),
        storage.password().orElseThrow());
  }

  @Override
  public void close() {
    try (PackagedServer one = first;
        PackagedServer other = second;
        Relay cut = wire) {
      // Closes each of them, even if another one fails to close.
    }
  }
}
