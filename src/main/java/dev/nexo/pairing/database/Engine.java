package dev.nexo.pairing.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.dialect.Dialect;

/** The operations that differ between SQLite and PostgreSQL. Thread-safe. */
interface Engine extends AutoCloseable {

  /** Returns the source of connections that write. */
  DataSource writer();

  /** Returns the source of connections that only read. */
  DataSource readers();

  /** Returns Hibernate's dialect. */
  Class<? extends Dialect> dialect();

  /** Returns the folder of its migrations. */
  String migrations();

  /** Returns the connection whose statements are kept, or null if the driver keeps them itself. */
  Connection keeper(Connection borrowed) throws SQLException;

  /**
   * Begins a transaction. With {@link Turn#ALL}, no other such transaction runs on any server until
   * it ends.
   */
  void begin(Connection connection, StatementCache statements, Turn turn) throws SQLException;

  /** Commits the transaction to disk. */
  void commit(Connection connection, StatementCache statements) throws SQLException;

  /** Rolls the transaction back. */
  void rollBack(Connection connection, StatementCache statements) throws SQLException;

  /** Returns the time of the database's own clock; empty if it uses this machine's. */
  Optional<Instant> time() throws SQLException;

  /** Returns whether others have narrowed access since the last call; true at first. */
  boolean narrowedByOthers() throws SQLException;

  @Override
  void close();
}
