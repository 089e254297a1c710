package dev.nexo.pairing.database;

import java.sql.SQLException;
import org.hibernate.StatelessSession;

/**
 * A change in progress. ADR 23 says which statements go through the session and which through JDBC.
 *
 * @param session for entities
 * @param statements JDBC on the same connection, in the same transaction
 */
public record Transaction(StatelessSession session, StatementCache statements) {

  /**
   * Runs {@link StatementCache#run} and returns how many rows it changed.
   *
   * @throws SQLException if the database refuses the change
   */
  public int run(String sql, Object... values) throws SQLException {
    return statements.run(sql, values);
  }
}
