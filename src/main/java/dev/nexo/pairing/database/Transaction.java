package dev.nexo.pairing.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.hibernate.StatelessSession;

/**
 * A change under way: a session, and beside it the writer's kept statements for what every approval
 * and every challenge does. Through Hibernate a statement costs some 50 µs, kept some 5 µs; {@code
 * WriteBenchmark} holds a change to twice its floor.
 *
 * @param session for everything else
 * @param statements of the same connection, in the same transaction
 */
public record Transaction(StatelessSession session, StatementCache statements) {

  /**
   * Runs a statement with these values: text, numbers or null.
   *
   * @return how many rows it changed
   * @throws SQLException where the database turns it down
   */
  public int run(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statements.of(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeUpdate();
  }
}
