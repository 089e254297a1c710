package dev.nexo.pairing.session;

import dev.nexo.pairing.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks hand-written SQL, also changes that give back what they changed ({@code RETURNING}). */
final class SqlRows {

  private SqlRows() {}

  /** What a row becomes. */
  @FunctionalInterface
  interface Item<T> {
    /** Reads the row at which the result stands. */
    T of(ResultSet row) throws SQLException;
  }

  /**
   * All rows. They are read to the end, without which a change would stop half-way.
   *
   * @param values text, numbers or null, in the order of the SQL's question marks
   * @throws SQLException where the database turns it down
   */
  static <T> List<T> of(StatementCache statements, String sql, Item<T> item, Object... values)
      throws SQLException {
    PreparedStatement statement = statements.of(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    List<T> items = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        items.add(item.of(rows));
      }
    }
    return items;
  }

  /**
   * The row of a question that has one at most.
   *
   * @throws SQLException where the database turns it down
   */
  static <T> Optional<T> one(StatementCache statements, String sql, Item<T> item, Object... values)
      throws SQLException {
    return of(statements, sql, item, values).stream().findFirst();
  }
}
