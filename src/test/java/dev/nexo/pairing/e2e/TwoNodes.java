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
 * Two packaged servers on one PostgreSQL, the second of which reaches it over a wire that can be
 * cut. They share no file.
 */
final class TwoNodes implements AutoCloseable {

  private final StorageSettings storage = Postgres.newDatabase();
  private final Relay wire;
  private final PackagedServer first;
  private final PackagedServer second;

  /** Not started yet. */
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

  /** Sets a variable of both. */
  TwoNodes environment(String name, String value) {
    first.environment(name, value);
    second.environment(name, value);
    return this;
  }

  /** Starts both at the same time: each may find the other amid its migrations. */
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

  /** The wire between the second node and the database. */
  Relay wire() {
    return wire;
  }

  /** The operator on a node; the password is the one that the two have agreed on. */
  ServerClient operator(PackagedServer node) {
    return node.operatorSharedWith(node == first ? second : first);
  }

  /** A connection of the test's own to the database. */
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
      // Closes each of them, also where another one fails to.
    }
  }
}
