package dev.nexo.pairing.database;

import java.sql.SQLException;
import org.hibernate.StatelessSession;

/**
 * An open transaction. ADR 23 defines which statements use the session and which use JDBC.
 *
 * @param session for entities
 * @param statements JDBC on the same connection, in the same transaction
 */
public record Transaction(StatelessSession session, StatementCache statements) {

  /**
   * Runs a change through JDBC and returns how many rows it changed.
   *
   * @throws SQLException if the database refuses the change
   */
  public int run(String sql, Object... values) throws SQLException {
    return statements.run(sql, values);
  }
}
