package dev.nexo.pairing.database;

import java.sql.SQLException;

/**
 * A function over a database resource: the statements of a connection, a session, a transaction or
 * the current row of a result.
 */
@FunctionalInterface
public interface SqlFunction<A, T> {

  /** Returns the result; may be called again with another resource if a change is retried. */
  T apply(A resource) throws SQLException;
}
