package dev.nexo.pairing.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.dialect.Dialect;

/**
 * A kind of database: where its connections come from, and the few things that SQLite and
 * PostgreSQL do each in their own way. Thread-safe.
 */
interface Engine extends AutoCloseable {

  /** Connections that write. */
  DataSource writer();

  /** Connections that only read. */
  DataSource readers();

  /** How Hibernate speaks to it. */
  Class<? extends Dialect> dialect();

  /** The folder with its migrations, below this package. */
  String migrations();

  /**
   * The connection to keep statements for as long as it lives, or null where the driver keeps them
   * itself.
   */
  Connection keeper(Connection borrowed) throws SQLException;

  /** Begins a transaction; until it ends, nobody else writes, on whatever server. */
  void begin(Connection connection, StatementCache statements) throws SQLException;

  /** Ends it; what it changed is on disk. */
  void commit(Connection connection, StatementCache statements) throws SQLException;

  /** Takes it back. */
  void rollBack(Connection connection, StatementCache statements) throws SQLException;

  /** What time it is by the database's own clock; empty where it has none of its own. */
  Optional<Instant> time() throws SQLException;

  /**
   * Whether somebody else has changed who is admitted since this was last asked; true at first.
   *
   * @throws SQLException where that cannot be known
   */
  boolean changedByOthers() throws SQLException;

  @Override
  void close();
}
